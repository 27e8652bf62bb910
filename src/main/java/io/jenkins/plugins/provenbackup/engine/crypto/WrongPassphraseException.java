package io.jenkins.plugins.provenbackup.engine.crypto;

/** A slot is intact, but the passphrase is not the one that locked it. */
public final class WrongPassphraseException extends CryptoException {

    private static final long serialVersionUID = 1L;

    public WrongPassphraseException(String message) {
        super(message);
    }
}
