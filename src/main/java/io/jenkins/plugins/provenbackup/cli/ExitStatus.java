package io.jenkins.plugins.provenbackup.cli;

/** How a command ended, for the shell. */
enum ExitStatus {
    DONE(0),
    FAILED(1),
    USAGE(2),
    /** Done, but files could not be read or fewer destinations have the result than asked for. */
    INCOMPLETE(3),
    /** Verification found damage, or a loss that nobody owned up to. */
    DAMAGED(4),
    CANCELLED(130);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
