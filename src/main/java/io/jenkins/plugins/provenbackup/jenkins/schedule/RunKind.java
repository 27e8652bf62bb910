package io.jenkins.plugins.provenbackup.jenkins.schedule;

/** What a policy does by itself. */
public enum RunKind {
    /** Backs up the sources that the controller reads, then lets go of what the policy does not keep. */
    BACKUP,
    /** Restores the newest snapshot of each source into a scratch directory and compares every byte. */
    RECOVERY_TEST,
    /** Lets go of what the policy does not keep, and gives space back. */
    PRUNE,
    /** Restores everything from the worst destination, tries and measures it, and writes a report. */
    DRILL;

    /** For people. */
    public String getDisplayName() {
        return switch (this) {
            case BACKUP -> Messages.RunKind_backup();
            case RECOVERY_TEST -> Messages.RunKind_recoveryTest();
            case PRUNE -> Messages.RunKind_prune();
            case DRILL -> Messages.RunKind_drill();
        };
    }
}
