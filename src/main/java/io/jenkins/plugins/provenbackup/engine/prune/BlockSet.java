package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.archive.BlockRange;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** A set of blocks: one bit for each number up to the highest of a stream. For one thread. */
final class BlockSet {

    private final Map<StreamId, BitSet> streams = new HashMap<>();

    /** Adds a block; returns whether it is new. */
    boolean add(StreamId stream, long block) {
        BitSet bits = streams.computeIfAbsent(stream, id -> new BitSet());
        int number = Math.toIntExact(block);
        boolean isNew = !bits.get(number);
        bits.set(number);
        return isNew;
    }

    boolean contains(StreamId stream, long block) {
        BitSet bits = streams.get(stream);
        return bits != null && bits.get(Math.toIntExact(block));
    }

    /** How many of the blocks of a range are in the set. */
    long count(BlockRange range) {
        BitSet bits = streams.get(range.stream());
        if (bits == null) {
            return 0;
        }
        int first = Math.toIntExact(range.first());
        int end = (int) Math.min(bits.length(), range.first() + range.count());
        return first >= end ? 0 : bits.get(first, end).cardinality();
    }

    long size() {
        return streams.values().stream().mapToLong(BitSet::cardinality).sum();
    }

    void forEach(BiConsumer<StreamId, BitSet> action) {
        streams.forEach(action);
    }
}
