package io.jenkins.plugins.provenbackup.engine.alerts;

import java.io.IOException;

/** A message that the other side does not take, and would not take if it were sent again. */
public final class RefusedByServer extends IOException {

    private static final long serialVersionUID = 1L;

    public RefusedByServer(String message) {
        super(message);
    }

    public RefusedByServer(String message, Throwable cause) {
        super(message, cause);
    }
}
