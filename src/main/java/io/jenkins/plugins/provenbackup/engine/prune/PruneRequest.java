package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import java.nio.file.Path;
import java.util.List;

/**
 * What to prune, and how.
 *
 * @param replicas destinations, opened and verified; all that were asked for
 * @param key a backup key or a recovery key: all manifests must be opened
 * @param compaction which archives are written anew
 * @param waiting whether what is condemned has to wait
 * @param mode whether anything is written or deleted
 * @param spool an existing directory for temporary files, which hold encrypted bytes only
 */
public record PruneRequest(
        List<Replica> replicas, AccessKey key, Compacting compaction, Waiting waiting, Mode mode, Path spool) {

    /** Whether anything is written or deleted. */
    public enum Mode {
        WRITE,
        /** Tells what would go. */
        DRY_RUN
    }

    /** Whether what is condemned has to wait before it is deleted. */
    public enum Waiting {
        /** A day, so that every backup that runs now has ended or has looked again. */
        GRACE,
        /** Not at all: somebody asserts that nothing else uses the repository. */
        NOW
    }

    /**
     * Which archives are written anew without their dead blocks.
     *
     * @param threshold an archive of which less than this part of the bytes is live; 0 to 1, where 0 means none
     * @param worthwhile part of all bytes of a source that must become free at least, 0 to 1
     * @param archive bytes up to which a new archive is filled
     */
    public record Compacting(double threshold, double worthwhile, int archive) {

        /** Archives less than 70 % live, where 3 % or more of a source's bytes become free; archives of 16 MiB. */
        public static final Compacting STANDARD = new Compacting(0.7, 0.03, 16 << 20);

        /** Nothing is written anew. */
        public static final Compacting NONE = new Compacting(0, 1, 16 << 20);

        public Compacting {
            if (!(threshold >= 0 && threshold <= 1 && worthwhile >= 0 && worthwhile <= 1)) {
                throw new IllegalArgumentException("a part of a whole is between 0 and 1");
            }
        }
    }

    public PruneRequest {
        replicas = List.copyOf(replicas);
    }
}
