package io.jenkins.plugins.provenbackup.engine.crypto;

/** A newer version, an unknown algorithm, or parameters beyond what this program accepts. */
public final class UnsupportedFormatException extends CryptoException {

    private static final long serialVersionUID = 1L;

    public UnsupportedFormatException(String message) {
        super(message);
    }
}
