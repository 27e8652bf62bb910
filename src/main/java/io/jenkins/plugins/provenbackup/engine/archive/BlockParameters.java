package io.jenkins.plugins.provenbackup.engine.archive;

/**
 * How chunks are put into blocks and blocks into archives.
 *
 * @param smallChunks bytes of plain text up to which small chunks share a block, 1 to 8 MiB
 * @param largeChunk a chunk of this many bytes or more gets a block of its own, 1 or more
 * @param archive bytes up to which an archive is filled, 4 KiB to 1 GiB; one block that is larger gets an archive of its own
 * @param inFlight most blocks in memory at once, 2 or more: those being filled, compressed or waiting for their turn
 */
public record BlockParameters(int smallChunks, int largeChunk, int archive, int inFlight) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException when one is out of its range
     */
    public BlockParameters {
        require(smallChunks >= 1 && smallChunks <= Packed.BLOCK_LIMIT, "blocks of small chunks", smallChunks);
        require(largeChunk >= 1, "large chunks", largeChunk);
        require(archive >= 4 << 10 && archive <= 1 << 30, "archives", archive);
        require(inFlight >= 2, "blocks in flight", inFlight);
    }

    /** 4 MiB, 4 MiB, 16 MiB; so many blocks in flight that neither the workers nor the reader wait for each other. */
    public static BlockParameters forWorkers(int workers) {
        return new BlockParameters(4 << 20, 4 << 20, 16 << 20, workers + 3);
    }

    private static void require(boolean valid, String what, int value) {
        if (!valid) {
            throw new IllegalArgumentException(what + ": " + value + " is out of range");
        }
    }
}
