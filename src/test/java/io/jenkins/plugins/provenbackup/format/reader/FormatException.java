package io.jenkins.plugins.provenbackup.format.reader;

/** What was read is not what docs/repository-format.md describes. */
public final class FormatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FormatException(String message) {
        super(message);
    }

    FormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
