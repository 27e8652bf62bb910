package io.jenkins.plugins.provenbackup.engine;

import java.io.IOException;

/** What was asked for makes no sense here or would do harm; nothing was changed. The message says what to do instead. */
public class RefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    public RefusedException(String message) {
        super(message);
    }
}
