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

    /** How far down archives are written anew. */
    public enum Depth {
        /** Blocks are copied as they are, for which no key is needed that reads content. */
        ARCHIVES,
        /** Blocks of which less is used, or that are small, are written anew, too: this takes the recovery key. */
        BLOCKS
    }

    /**
     * Which archives are written anew without their dead blocks, and how.
     *
     * @param threshold an archive of which less than this part of the bytes is live; 0 to 1, where 0 means none
     * @param tolerated part of all bytes of a source that may lie in blocks that nobody needs, 0 to 1: the emptiest archives are
     *     written anew until no more is left
     * @param archive bytes up to which a new archive is filled
     * @param block bytes of content up to which a new block is filled, above 0 and up to 8 MiB
     * @param depth whether blocks are written anew, too
     */
    public record Compacting(double threshold, double tolerated, int archive, int block, Depth depth) {

        /** Archives less than 90 % live, until 3 % of a source's bytes are left dead; archives of 16 MiB. */
        public static final Compacting STANDARD = new Compacting(0.9, 0.03, 16 << 20);

        /** Nothing is written anew. */
        public static final Compacting NONE = new Compacting(0, 1, 16 << 20);

        /** Archives and blocks less than 95 % live; archives of 16 MiB, blocks of 4 MiB. */
        public static final Compacting REPACK = new Compacting(0.95, 0, 16 << 20, 4 << 20, Depth.BLOCKS);

        /** Blocks are left as they are. */
        public Compacting(double threshold, double tolerated, int archive) {
            this(threshold, tolerated, archive, 4 << 20, Depth.ARCHIVES);
        }

        /** The same with another threshold. */
        public Compacting below(double other) {
            return new Compacting(other, tolerated, archive, block, depth);
        }

        public Compacting {
            if (!(block > 0 && block <= 8 << 20)) {
                throw new IllegalArgumentException("a block has 1 byte to 8 MiB, not " + block + " bytes");
            }
            if (!(threshold >= 0 && threshold <= 1 && tolerated >= 0 && tolerated <= 1)) {
                throw new IllegalArgumentException("a part of a whole is between 0 and 1");
            }
        }
    }

    public PruneRequest {
        replicas = List.copyOf(replicas);
    }
}
