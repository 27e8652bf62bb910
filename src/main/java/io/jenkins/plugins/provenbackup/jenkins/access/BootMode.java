package io.jenkins.plugins.provenbackup.jenkins.access;

import hudson.AbortException;
import java.nio.file.Path;
import java.util.Optional;

/** Whether this Jenkins is a restored copy that is booted only to see whether it boots, and must not touch the outside world. */
public final class BootMode {

    /** The system property that says so: where the copy reports what it loaded. */
    public static final String REPORT = "io.jenkins.plugins.provenbackup.boot.report";

    private BootMode() {}

    /** Whether it is such a copy: then nothing is scheduled, and no repository opened. */
    public static boolean isOn() {
        return report().isPresent();
    }

    /** Where the report goes; empty in every other Jenkins. */
    public static Optional<Path> report() {
        return Optional.ofNullable(System.getProperty(REPORT)).map(Path::of);
    }

    /**
     * Lets pass who is no such copy.
     *
     * @throws AbortException for one that is
     */
    public static void requireOff() throws AbortException {
        if (isOn()) {
            throw new AbortException(
                    "This is a restored copy of a JENKINS_HOME that is booted only to see whether it starts: it"
                            + " opens no repository.");
        }
    }
}
