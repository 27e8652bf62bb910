package io.jenkins.plugins.provenbackup.engine.crypto;

/** A file or text has no key in it. */
public final class NotAKeyFileException extends CryptoException {

    private static final long serialVersionUID = 1L;

    NotAKeyFileException(String message) {
        super(message);
    }
}
