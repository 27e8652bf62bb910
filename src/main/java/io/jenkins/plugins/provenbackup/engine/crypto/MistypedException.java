package io.jenkins.plugins.provenbackup.engine.crypto;

/** A line of a key that was typed from paper is not as it was printed. The message says which and how, never what. */
public final class MistypedException extends CryptoException {

    private static final long serialVersionUID = 1L;

    MistypedException(String message) {
        super(message);
    }
}
