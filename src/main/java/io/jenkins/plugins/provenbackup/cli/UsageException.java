package io.jenkins.plugins.provenbackup.cli;

/** The arguments make no sense together; nothing was done. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
