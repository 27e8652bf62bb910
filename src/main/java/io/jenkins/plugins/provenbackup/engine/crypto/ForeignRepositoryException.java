package io.jenkins.plugins.provenbackup.engine.crypto;

/** A key, slot or stream belongs to another repository. */
public final class ForeignRepositoryException extends CryptoException {

    private static final long serialVersionUID = 1L;

    public ForeignRepositoryException(String message) {
        super(message);
    }
}
