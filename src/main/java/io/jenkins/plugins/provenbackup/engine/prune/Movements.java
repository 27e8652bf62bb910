package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.repository.BlockId;
import io.jenkins.plugins.provenbackup.engine.repository.MovedBlocks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** What was moved into which block, by all manifests of one source together. For one thread. */
final class Movements {

    /**
     * A block as catalogs name it, within the block where its chunks lie.
     *
     * @param block as catalogs name it
     * @param shift what is added to the offsets that catalogs name; 0 for a block that was not moved
     */
    record Part(BlockId block, int shift) {}

    private static final class Target {
        private final Map<BlockId, Integer> shifts = new LinkedHashMap<>();
        private int content;
        private int length;
    }

    private final Map<BlockId, Target> targets = new HashMap<>();

    void add(MovedBlocks moved) {
        moved.places().forEach((block, place) -> {
            Target target = targets.computeIfAbsent(place.target().id(), id -> new Target());
            target.content = Math.max(target.content, place.target().content());
            target.length = Math.max(target.length, place.target().length());
            target.shifts.put(block, place.shift());
        });
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
        if (target == null) {
            return List.of(new Part(block, 0));
        }
        List<Part> parts = new ArrayList<>();
        target.shifts.forEach((one, shift) -> parts.add(new Part(one, shift)));
        return parts;
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
