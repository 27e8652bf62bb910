package io.jenkins.plugins.provenbackup.engine.prune;

import java.util.Arrays;

/** A set of bytes of one block: ranges in order that neither touch nor overlap, 8 bytes each. For one thread. */
final class ByteRanges {

    private int[] starts = new int[2];
    private int[] ends = new int[2];
    private int count;

    /** Adds the bytes from {@code start} up to, not including, {@code end}. */
    void add(int start, int end) {
        int first = firstThatEndsAtOrAfter(start);
        int after = first;
        int from = start;
        int to = end;
        while (after < count && starts[after] <= end) {
            from = Math.min(from, starts[after]);
            to = Math.max(to, ends[after]);
            after++;
        }
        if (after == first) {
            insert(first);
        } else {
            remove(first + 1, after);
        }
        starts[first] = from;
        ends[first] = to;
    }

    private int firstThatEndsAtOrAfter(int position) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends[middle] < position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void insert(int at) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
        }
        System.arraycopy(starts, at, starts, at + 1, count - at);
        System.arraycopy(ends, at, ends, at + 1, count - at);
        count++;
    }

    private void remove(int from, int to) {
        System.arraycopy(starts, to, starts, from, count - to);
        System.arraycopy(ends, to, ends, from, count - to);
        count -= to - from;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** The first byte; there must be one. */
    int start() {
        return starts[0];
    }

    /** The byte after the last one; there must be one. */
    int end() {
        return ends[count - 1];
    }

    /** Takes a range of bytes. */
    interface RangeConsumer {
        void accept(int start, int end);
    }

    void forEach(RangeConsumer consumer) {
        for (int i = 0; i < count; i++) {
            consumer.accept(starts[i], ends[i]);
        }
    }

    /** How many bytes are in the set. */
    int size() {
        int size = 0;
        for (int i = 0; i < count; i++) {
            size += ends[i] - starts[i];
        }
        return size;
    }
}
