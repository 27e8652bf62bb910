package io.jenkins.plugins.provenbackup.engine.archive;

/**
 * How large chunks are, in bytes. A repository keeps these forever: with others the same content gives other chunks.
 *
 * @param minimum at least 64
 * @param average a power of two from 2^10 to 2^22, above the minimum
 * @param maximum above the average, at most 8 MiB, the longest plain text of a block
 */
public record ChunkerParameters(int minimum, int average, int maximum) {

    /** What new repositories get: 256 KiB, 1 MiB, 4 MiB. */
    public static final ChunkerParameters DEFAULT = new ChunkerParameters(256 << 10, 1 << 20, 4 << 20);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException when one is out of its range
     */
    public ChunkerParameters {
        boolean valid = minimum >= 64
                && average >= 1 << 10
                && average <= 1 << 22
                && Integer.bitCount(average) == 1
                && average > minimum
                && maximum > average
                && maximum <= Packed.BLOCK_LIMIT;
        if (!valid) {
            throw new IllegalArgumentException("chunk sizes of " + minimum + ", " + average + " and " + maximum
                    + " bytes are out of range: 64 <= minimum < average < maximum <= " + Packed.BLOCK_LIMIT
                    + ", the average a power of two from 2^10 to 2^22");
        }
    }

    /** The average as an exponent of two. */
    int averageBits() {
        return Integer.numberOfTrailingZeros(average);
    }
}
