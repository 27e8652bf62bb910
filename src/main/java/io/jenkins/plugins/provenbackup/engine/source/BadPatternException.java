package io.jenkins.plugins.provenbackup.engine.source;

/** A pattern that cannot mean anything; the message names where it stands, the pattern and what is wrong with it. */
public final class BadPatternException extends Exception {

    private static final long serialVersionUID = 1L;

    public BadPatternException(String message) {
        super(message);
    }

    BadPatternException(String message, Throwable cause) {
        super(message, cause);
    }
}
