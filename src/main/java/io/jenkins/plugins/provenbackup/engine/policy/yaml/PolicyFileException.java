package io.jenkins.plugins.provenbackup.engine.policy.yaml;

import java.io.IOException;

/** A policy file that cannot be used; the message says where, why and what to write instead. */
public final class PolicyFileException extends IOException {

    private static final long serialVersionUID = 1;

    PolicyFileException(String file, String problem) {
        super(file + ": " + problem);
    }

    PolicyFileException(String file, int line, String problem) {
        super(file + ", line " + line + ": " + problem);
    }
}
