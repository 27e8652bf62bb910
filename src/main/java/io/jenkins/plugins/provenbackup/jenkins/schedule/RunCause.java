package io.jenkins.plugins.provenbackup.jenkins.schedule;

/** Why a run began. */
public enum RunCause {
    /** It was due. */
    SCHEDULE,
    /** It had been due while Jenkins was down, or was cut off by its end. */
    CAUGHT_UP,
    /** Somebody asked for it. */
    USER;

    /** For people. */
    public String getDisplayName() {
        return switch (this) {
            case SCHEDULE -> Messages.RunCause_schedule();
            case CAUGHT_UP -> Messages.RunCause_caughtUp();
            case USER -> Messages.RunCause_user();
        };
    }
}
