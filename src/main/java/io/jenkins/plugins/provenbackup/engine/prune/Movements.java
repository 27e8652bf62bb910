package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.repository.BlockId;
import io.jenkins.plugins.provenbackup.engine.repository.MovedBlocks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * What was moved into which block, by all manifests of one source together. After a killed repack some snapshots have a block
 * where it was, and others where it was moved to; after several, even in two places of one new block. For one thread.
 */
final class Movements {

    /**
     * A block as catalogs name it, within the block where its chunks lie.
     *
     * @param block as catalogs name it
     * @param shift what is added to the offsets that catalogs name; 0 for a block that was not moved
     */
    record Part(BlockId block, int shift) {}

    private static final class Target {
        private final Set<Part> parts = new LinkedHashSet<>();
        private int content;
        private int length;
    }

    private final Map<BlockId, Target> targets = new HashMap<>();
    private final Map<BlockId, MovedBlocks.Place> places = new HashMap<>();
    private final Set<BlockId> disputed = new HashSet<>();

    void add(MovedBlocks moved) {
        moved.places().forEach((block, place) -> {
            Target target = targets.computeIfAbsent(place.target().id(), id -> new Target());
            target.content = Math.max(target.content, place.target().content());
            target.length = Math.max(target.length, place.target().length());
            target.parts.add(new Part(block, place.shift()));
            MovedBlocks.Place known = places.putIfAbsent(block, place);
            if (known != null && !known.equals(place)) {
                disputed.add(block);
            }
        });
    }

    /** Notes which blocks some snapshot may have where they were. To be called when all was added. */
    void dispute(BlockSet unmoved) {
        places.keySet().stream()
                .filter(block -> unmoved.contains(block.stream(), block.block()))
                .forEach(disputed::add);
    }

    /** What a manifest says of the blocks of which others say something else; for most manifests nothing. */
    MovedBlocks disputedOf(MovedBlocks moved) {
        return moved.of(disputed);
    }

    /**
     * Where a block's chunks are for a snapshot; empty where it was not moved.
     *
     * @param disputedOf what the snapshot's manifest says of disputed blocks
     */
    Optional<MovedBlocks.Place> find(BlockId block, MovedBlocks disputedOf) {
        return Optional.ofNullable((disputed.contains(block) ? disputedOf.places() : places).get(block));
    }

    /** Hands out each block that others were moved into. */
    void forEachTarget(BiConsumer<BlockId, List<Part>> action) {
        targets.keySet().forEach(target -> action.accept(target, parts(target)));
    }

    boolean isTarget(BlockId block) {
        return targets.containsKey(block);
    }

    /** What lies in a block: itself, or the blocks that were moved into it. */
    List<Part> parts(BlockId block) {
        Target target = targets.get(block);
        return target == null ? List.of(new Part(block, 0)) : new ArrayList<>(target.parts);
    }

    /** Bytes of content that were put into a block that others were moved into. */
    int content(BlockId target) {
        return targets.get(target).content;
    }

    /** Length of the plain text of a block that others were moved into. */
    int length(BlockId target) {
        return targets.get(target).length;
    }
}
