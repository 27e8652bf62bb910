package io.jenkins.plugins.provenbackup.engine.archive;

/**
 * Finds where chunks end: FastCDC with a 64-bit gear hash and normalised chunking (Xia and others, "FastCDC: a Fast and
 * Efficient Content-Defined Chunking Approach for Data Deduplication", USENIX ATC 2016; normalisation level 2). Safe for
 * use by several threads, since what is known of an unfinished chunk is in its {@link Scan}.
 */
public final class Chunker {

    private final ChunkerParameters parameters;
    private final long[] table;
    private final long maskBeforeAverage;
    private final long maskAfterAverage;

    /** A chunker whose boundaries depend on the source's gear key, 32 bytes, which is not kept. */
    public Chunker(ChunkerParameters parameters, byte[] gearKey) {
        this.parameters = parameters;
        this.table = GearTable.derive(gearKey);
        this.maskBeforeAverage = topBits(parameters.averageBits() + 2);
        this.maskAfterAverage = topBits(parameters.averageBits() - 2);
    }

    private static long topBits(int count) {
        return -1L << (Long.SIZE - count);
    }

    /** The sizes of the chunks. */
    public ChunkerParameters parameters() {
        return parameters;
    }

    /** The state of the search for the end of one chunk. */
    static final class Scan {
        private int position;
        private long hash;

        void restart() {
            position = 0;
            hash = 0;
        }
    }

    /**
     * Goes on with the search for the end of a chunk.
     *
     * @param start where the chunk begins in the buffer
     * @param available bytes of content known from there; at least as many as at the call before
     * @return the length of the chunk, or 0 when its end is not among these bytes
     */
    int find(Scan scan, byte[] buffer, int start, int available) {
        int position = Math.max(scan.position, parameters.minimum());
        int end = Math.min(available, parameters.maximum());
        if (position < Math.min(end, parameters.average())) {
            int stop = Math.min(end, parameters.average());
            int found = roll(scan, buffer, start, position, stop, maskBeforeAverage);
            if (found > 0) {
                return found;
            }
            position = stop;
        }
        if (position >= parameters.average() && position < end) {
            int found = roll(scan, buffer, start, position, end, maskAfterAverage);
            if (found > 0) {
                return found;
            }
            position = end;
        }
        scan.position = position;
        return available >= parameters.maximum() ? parameters.maximum() : 0;
    }

    /** The inner loop of every full backup; its shape was measured. */
    private int roll(Scan scan, byte[] buffer, int start, int from, int to, long mask) {
        // HotSpot knows the length of an array that it sees made, and leaves out the bounds checks
        long[] gear = new long[GearTable.SIZE];
        System.arraycopy(table, 0, gear, 0, GearTable.SIZE);
        long hash = scan.hash;
        int index = start + from;
        int end = start + to;
        for (; index < end - 3; index += 4) {
            hash = (hash << 1) + gear[buffer[index] & 0xff];
            if ((hash & mask) == 0) {
                return index + 1 - start;
            }
            hash = (hash << 1) + gear[buffer[index + 1] & 0xff];
            if ((hash & mask) == 0) {
                return index + 2 - start;
            }
            hash = (hash << 1) + gear[buffer[index + 2] & 0xff];
            if ((hash & mask) == 0) {
                return index + 3 - start;
            }
            hash = (hash << 1) + gear[buffer[index + 3] & 0xff];
            if ((hash & mask) == 0) {
                return index + 4 - start;
            }
        }
        for (; index < end; index++) {
            hash = (hash << 1) + gear[buffer[index] & 0xff];
            if ((hash & mask) == 0) {
                return index + 1 - start;
            }
        }
        scan.hash = hash;
        return 0;
    }
}
