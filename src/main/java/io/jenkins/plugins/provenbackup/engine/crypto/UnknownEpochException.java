package io.jenkins.plugins.provenbackup.engine.crypto;

/** An object names an epoch that the key does not hold: the key was exported before a rotation. */
public final class UnknownEpochException extends CryptoException {

    private static final long serialVersionUID = 1L;

    public UnknownEpochException(String message) {
        super(message);
    }
}
