package io.jenkins.plugins.provenbackup.engine.source.home;

import java.nio.file.Path;

/** Tells which builds are not over. A running Jenkins knows; without it their files tell. */
@FunctionalInterface
public interface RunningBuilds {

    /** Whether a build is under way, or was when Jenkins stopped. Quick, for it is asked once for each build. */
    boolean isRunning(Path buildDirectory);
}
