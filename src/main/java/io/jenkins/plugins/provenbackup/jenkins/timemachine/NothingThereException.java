package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import java.io.IOException;

/** What was asked for is not there, or not for whoever asked: which of the two is not told. */
final class NothingThereException extends IOException {

    private static final long serialVersionUID = 1L;

    NothingThereException() {
        super(Messages.Pages_nothing());
    }

    /** The recovery point, for who sees what is asked for in it. */
    static Snapshot unless(boolean isSeen, OpenHome home, String id) throws IOException {
        if (!isSeen) {
            throw new NothingThereException();
        }
        return home.point(id);
    }
}
