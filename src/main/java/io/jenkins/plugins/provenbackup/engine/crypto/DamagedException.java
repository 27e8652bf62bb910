package io.jenkins.plugins.provenbackup.engine.crypto;

/** Bytes are not what was written: rot, a cut, a swap with another object, or tampering. */
public final class DamagedException extends CryptoException {

    private static final long serialVersionUID = 1L;

    public DamagedException(String message) {
        super(message);
    }
}
