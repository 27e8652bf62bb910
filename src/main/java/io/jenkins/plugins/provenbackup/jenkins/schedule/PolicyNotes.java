package io.jenkins.plugins.provenbackup.jenkins.schedule;

import hudson.ExtensionPoint;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import java.util.List;

/** Something else that happens by a policy, and is to be told on the page of its runs. */
public interface PolicyNotes extends ExtensionPoint {

    /** In sentences; none when there is nothing to tell. */
    List<String> of(BackupPolicy policy);
}
