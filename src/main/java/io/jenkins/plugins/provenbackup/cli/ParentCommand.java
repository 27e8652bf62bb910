package io.jenkins.plugins.provenbackup.cli;

import java.util.Map;

/** A command whose own commands are classes of their own. */
interface ParentCommand {

    /** They by name. */
    Map<String, Object> children();
}
