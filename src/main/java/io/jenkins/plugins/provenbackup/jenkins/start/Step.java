package io.jenkins.plugins.provenbackup.jenkins.start;

/** What a guided start does, in this order. */
public enum Step {
    /** Reaches the destinations and makes the repository. */
    REPOSITORY,
    /** Puts keys into credentials. */
    KEYS,
    /** Saves destinations, keys and the policy. */
    CONFIGURATION,
    /** Makes the first backup. */
    BACKUP,
    /** Reads everything back. */
    VERIFICATION;

    /** For people. */
    public String getTitle() {
        return switch (this) {
            case REPOSITORY -> Messages.Step_repository();
            case KEYS -> Messages.Step_keys();
            case CONFIGURATION -> Messages.Step_configuration();
            case BACKUP -> Messages.Step_backup();
            case VERIFICATION -> Messages.Step_verification();
        };
    }
}
