package io.jenkins.plugins.provenbackup.engine.recovery;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Something that a restored tree must be good for. */
public interface RecoveryCheck {

    /** What it does, in a few words; it is recorded. */
    String name();

    /**
     * Tries it.
     *
     * @param tree the restored directory; it is deleted afterwards
     * @return what is wrong, in one sentence; empty when nothing is
     * @throws IOException when it could not be tried, which counts as a failure
     * @throws InterruptedException when the thread was interrupted
     */
    Optional<String> run(Path tree) throws IOException, InterruptedException;
}
