package io.jenkins.plugins.provenbackup.engine.crypto;

import java.io.IOException;

/** Something that was read cannot be opened or trusted. The message names it and what the user can do. No secrets in it. */
public abstract class CryptoException extends IOException {

    private static final long serialVersionUID = 1L;

    CryptoException(String message) {
        super(message);
    }
}
