package io.jenkins.plugins.provenbackup.jenkins.execution;

import io.jenkins.plugins.provenbackup.engine.recovery.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import jenkins.security.MasterToSlaveCallable;

/** Deletes a scratch directory where it is; says why something is left, or nothing. */
final class ScratchRemoval extends MasterToSlaveCallable<String, IOException> {

    private static final long serialVersionUID = 1L;

    private final String scratch;

    ScratchRemoval(String scratch) {
        this.scratch = scratch;
    }

    @Override
    public String call() {
        return delete(scratch).orElse("");
    }

    static Optional<String> delete(String scratch) {
        return Scratch.at(Path.of(scratch)).delete();
    }
}
