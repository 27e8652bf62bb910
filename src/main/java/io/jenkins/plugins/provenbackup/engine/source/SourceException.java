package io.jenkins.plugins.provenbackup.engine.source;

import java.io.IOException;

/** What was to be backed up is missing, cannot be read at all, or was named wrongly: nothing can be backed up. */
public final class SourceException extends IOException {

    private static final long serialVersionUID = 1L;

    public SourceException(String message) {
        super(message);
    }

    public SourceException(String message, Throwable cause) {
        super(message, cause);
    }
}
