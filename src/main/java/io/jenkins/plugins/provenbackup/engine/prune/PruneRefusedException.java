package io.jenkins.plugins.provenbackup.engine.prune;

import java.io.IOException;

/** Nothing was deleted, since it cannot be told for sure what is needed. The message says why, and what helps. */
public final class PruneRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    PruneRefusedException(String message, Throwable cause) {
        super(message + " Nothing was deleted.", cause);
    }

    PruneRefusedException(String message) {
        super(message + " Nothing was deleted.");
    }
}
