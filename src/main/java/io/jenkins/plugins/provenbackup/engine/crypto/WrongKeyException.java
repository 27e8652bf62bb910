package io.jenkins.plugins.provenbackup.engine.crypto;

/** The key that was used is intact, but not the one that this object was sealed with. */
public final class WrongKeyException extends CryptoException {

    private static final long serialVersionUID = 1L;

    WrongKeyException(String message) {
        super(message);
    }
}
