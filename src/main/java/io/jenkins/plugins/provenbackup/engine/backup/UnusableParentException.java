package io.jenkins.plugins.provenbackup.engine.backup;

import java.io.IOException;

/** A parent's catalog is damaged at every destination that has it: the run begins again without that parent. */
final class UnusableParentException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String parent;

    /**
     * Of a parent.
     *
     * @param parent hexadecimal id of the snapshot or run
     */
    UnusableParentException(String parent, IOException cause) {
        super(cause.getMessage(), cause);
        this.parent = parent;
    }

    String parent() {
        return parent;
    }
}
