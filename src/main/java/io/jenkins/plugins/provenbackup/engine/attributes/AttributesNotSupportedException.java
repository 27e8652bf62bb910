package io.jenkins.plugins.provenbackup.engine.attributes;

import java.io.IOException;

/** The file system cannot hold attributes, or none of that name space. */
public final class AttributesNotSupportedException extends IOException {

    private static final long serialVersionUID = 1L;

    AttributesNotSupportedException(String message, Throwable cause) {
        super(message, cause);
    }
}
