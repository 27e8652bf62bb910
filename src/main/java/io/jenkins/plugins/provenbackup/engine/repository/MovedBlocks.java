package io.jenkins.plugins.provenbackup.engine.repository;

import io.jenkins.plugins.provenbackup.engine.catalog.Extent.ChunkRef;
import io.jenkins.plugins.provenbackup.engine.catalog.FieldReader;
import io.jenkins.plugins.provenbackup.engine.catalog.FieldWriter;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the live chunks of blocks lie that were written anew: catalogs go on naming the old block, and the manifest says in
 * which new one its chunks are, so neither catalogs nor snapshot ids change. Immutable.
 *
 * @param places by the block that catalogs name
 */
public record MovedBlocks(Map<BlockId, Place> places) {

    /** Nothing was moved. */
    public static final MovedBlocks NONE = new MovedBlocks(Map.of());

    /**
     * A block that others were moved into.
     *
     * @param id which
     * @param length of its plain text in bytes, 1 to {@link ChunkRef#MAX_BLOCK}
     * @param content bytes of it that held live chunks when it was written; the rest is zeros
     */
    public record Target(BlockId id, int length, int content) {}

    /**
     * Where the chunks of a block are now.
     *
     * @param target the block that they are in
     * @param shift what is added to the offset of a chunk in the old block; may be negative
     */
    public record Place(Target target, int shift) {}

    public MovedBlocks {
        places = Collections.unmodifiableMap(new LinkedHashMap<>(places));
    }

    /** Whether the block's chunks are elsewhere now. */
    public boolean hasMoved(StreamId stream, long block) {
        return !places.isEmpty() && places.containsKey(new BlockId(stream, block));
    }

    /**
     * The chunk where it lies now; empty when it would not lie within that block, so that somebody made this up.
     *
     * @param chunk as a catalog names it
     */
    public Optional<ChunkRef> find(ChunkRef chunk) {
        Place place = places.isEmpty() ? null : places.get(new BlockId(chunk.stream(), chunk.block()));
        if (place == null) {
            return Optional.of(chunk);
        }
        Target target = place.target();
        long offset = (long) chunk.offset() + place.shift();
        return offset < 0 || offset + chunk.length() > target.length()
                ? Optional.empty()
                : Optional.of(new ChunkRef(
                        chunk.id(),
                        target.id().stream(),
                        target.id().block(),
                        target.length(),
                        (int) offset,
                        chunk.length()));
    }

    /** The same for these blocks only. */
    public MovedBlocks of(Set<BlockId> blocks) {
        Map<BlockId, Place> some = new LinkedHashMap<>(places);
        some.keySet().retainAll(blocks);
        return new MovedBlocks(some);
    }

    /** The blocks that others were moved into, each with what came into it. */
    public Map<Target, List<BlockId>> targets() {
        Map<Target, List<BlockId>> targets = new LinkedHashMap<>();
        places.forEach((block, place) -> targets.computeIfAbsent(place.target(), target -> new ArrayList<>())
                .add(block));
        return targets;
    }

    /** Makes sure that all streams have numbers. */
    void number(ArchiveTable.StreamNumbers streams) {
        targets().forEach((target, blocks) -> {
            streams.of(target.id().stream());
            blocks.forEach(block -> streams.of(block.stream()));
        });
    }

    void write(FieldWriter out, ArchiveTable.StreamNumbers streams) {
        Map<Target, List<BlockId>> targets = targets();
        out.varint(targets.size());
        targets.forEach((target, blocks) -> {
            out.varint(streams.of(target.id().stream()));
            out.varint(target.id().block());
            out.varint(target.length());
            out.varint(target.content());
            out.varint(blocks.size());
            for (BlockId block : blocks) {
                out.varint(streams.of(block.stream()));
                out.varint(block.block());
                out.zigzag(places.get(block).shift());
            }
        });
    }

    static MovedBlocks read(FieldReader in, List<StreamId> streams, String name) throws IOException {
        int count = in.count("number of blocks that others were moved into", 8, Integer.MAX_VALUE);
        Map<BlockId, Place> places = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            BlockId id = readBlock(in, streams);
            int length = (int) in.varint("length of a block", ChunkRef.MAX_BLOCK);
            Target target = new Target(id, length, (int) in.varint("content of a block", length));
            int blocks = in.count("number of moved blocks", 3, Integer.MAX_VALUE);
            for (int j = 0; j < blocks; j++) {
                BlockId block = readBlock(in, streams);
                long shift = in.zigzag("shift of a moved block");
                if (Math.abs(shift) > ChunkRef.MAX_BLOCK || places.put(block, new Place(target, (int) shift)) != null) {
                    throw new DamagedException(name + " is damaged: it moves a block twice, or out of all blocks");
                }
            }
        }
        return places.isEmpty() ? NONE : new MovedBlocks(places);
    }

    private static BlockId readBlock(FieldReader in, List<StreamId> streams) throws IOException {
        return new BlockId(streams.get(in.index("stream", streams.size())), in.varint("block", Integer.MAX_VALUE));
    }
}
