package io.jenkins.plugins.provenbackup.engine.storage.http;

import java.io.IOException;

/** An answer that says no. */
public final class HttpStatusException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String method;

    HttpStatusException(HttpCall call, int status, String more) {
        super("the server answered " + call.method() + " with " + status + HttpStatus.words(status) + more);
        this.status = status;
        method = call.method();
    }

    /** The number of RFC 9110, section 15, or RFC 4918, section 11. */
    public int status() {
        return status;
    }

    /** What was asked for. */
    public String method() {
        return method;
    }
}
