package io.jenkins.plugins.provenbackup.engine.mirror;

import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What to mirror, to where, and how.
 *
 * @param source directory
 * @param walk what is left out; it is neither copied nor deleted
 * @param target where the mirror is
 * @param options how to reach a target that is not local
 * @param unlisted what happens to what the source does not have
 * @param mostDeleted percentage of the mirror's files that may be deleted, 0 to 100; more, and none is
 * @param empty what an empty source means
 * @param comparison when a file counts as unchanged
 * @param memory where it is remembered what was copied
 * @param mode whether anything is written
 */
public record MirrorRequest(
        Path source,
        WalkOptions walk,
        StorageLocation target,
        StorageOptions options,
        Unlisted unlisted,
        int mostDeleted,
        EmptySource empty,
        Comparison comparison,
        Optional<MirrorMemory.Place> memory,
        Mode mode) {

    /** What happens to what the mirror has and the source has not. */
    public enum Unlisted {
        KEEP,
        DELETE
    }

    /** What an empty source means while the mirror is not empty. */
    public enum EmptySource {
        /** Most likely that a disk is not mounted. */
        MISTAKE,
        INTENDED
    }

    /** When a file counts as unchanged. */
    public enum Comparison {
        /** By what is remembered of it, else by size and mtime. */
        ATTRIBUTES,
        /** By its content, which is read at both ends. */
        CONTENT
    }

    /** Whether anything is written. */
    public enum Mode {
        WRITE,
        /** Tells what would be done. */
        DRY_RUN
    }

    public MirrorRequest {
        if (mostDeleted < 0 || mostDeleted > 100) {
            throw new IllegalArgumentException("a percentage is 0 to 100: " + mostDeleted);
        }
    }

    boolean writes() {
        return mode == Mode.WRITE;
    }
}
