package io.jenkins.plugins.provenbackup.jenkins.access;

/** Something that an administrator configured and lets certain jobs use. */
public interface Granted {

    /** What messages call it, like {@code the destination 'nas'}. */
    String describe();

    /** The jobs that may use it for a purpose, as {@link JobPatterns} reads them; empty for none. */
    String allowedJobs(Purpose purpose);

    /** What it is used for. */
    enum Purpose {
        /** Writing snapshots. */
        BACK_UP,
        /** Reading snapshots. */
        RESTORE
    }
}
