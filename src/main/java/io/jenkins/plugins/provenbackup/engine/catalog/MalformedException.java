package io.jenkins.plugins.provenbackup.engine.catalog;

import java.io.IOException;

/** Something that was read does not follow the repository format. The message names it and the field at fault. */
public final class MalformedException extends IOException {

    private static final long serialVersionUID = 1L;

    /** States what is wrong with what; the advice is added here, since it is always the same. */
    public MalformedException(String subject, String problem) {
        super(subject + " is malformed: " + problem
                + ". Read it from another destination; if all have the same, a newer or faulty program wrote it.");
    }
}
