package io.jenkins.plugins.provenbackup.engine.crypto;

/** A signed document is not signed by this repository's recovery key, or not as what it claims to be. */
public final class BadSignatureException extends CryptoException {

    private static final long serialVersionUID = 1L;

    BadSignatureException(String message) {
        super(message);
    }
}
