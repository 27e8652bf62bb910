package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.repository.BlockId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Chooses the blocks that are worth writing anew: those with much that nobody uses, and small ones. For one thread. */
final class BlockChoice {

    private final Optional<LiveContent> content;
    private final PruneRequest.Compacting compacting;

    private BlockChoice(Optional<LiveContent> content, PruneRequest.Compacting compacting) {
        this.content = content;
        this.compacting = compacting;
    }

    /** Of these blocks; none where nobody looked into them. */
    static BlockChoice of(LiveBlocks live, PruneRequest.Compacting compacting) {
        return new BlockChoice(live.content(), compacting);
    }

    private boolean isSparse(BlockId block) {
        return content.isPresent() && content.get().filling(block).part() < compacting.threshold();
    }

    private boolean isSmall(BlockId block) {
        return content.isPresent() && content.get().filling(block).length() < compacting.block() / 4;
    }

    /** Bytes that a block will take in its new archive, as far as can be told before. */
    long bytesLeft(BlockId block, long bytes) {
        return isSparse(block)
                ? (long) (bytes * content.orElseThrow().filling(block).part())
                : bytes;
    }

    boolean areAllFull(BlockSet blocks) {
        return content.isEmpty() || all(blocks).stream().noneMatch(this::isSparse);
    }

    /** Whether it would help compression to put most of these together. */
    boolean areMostlySmall(BlockSet blocks) {
        return countSmall(blocks) * 2 > blocks.size();
    }

    long countSmall(BlockSet blocks) {
        return content.isEmpty()
                ? 0
                : all(blocks).stream().filter(this::isSmall).count();
    }

    /** The chosen ones in these archives; not one alone that is only small, since nothing can be put with it. */
    Set<BlockId> in(List<CompactionPlan.Victim> victims) {
        Set<BlockId> chosen = new HashSet<>();
        if (content.isPresent()) {
            victims.stream()
                    .collect(Collectors.groupingBy(CompactionPlan.Victim::lineage))
                    .values()
                    .forEach(lineage -> chosen.addAll(inLineage(lineage)));
        }
        return chosen;
    }

    private Set<BlockId> inLineage(List<CompactionPlan.Victim> victims) {
        Set<BlockId> chosen = new HashSet<>();
        for (CompactionPlan.Victim victim : victims) {
            all(victim.live()).stream()
                    .filter(block -> isSparse(block) || isSmall(block))
                    .forEach(chosen::add);
        }
        return chosen.size() > 1 || chosen.stream().anyMatch(this::isSparse) ? chosen : Set.of();
    }

    private static List<BlockId> all(BlockSet blocks) {
        List<BlockId> all = new ArrayList<>();
        blocks.forEach((stream, bits) -> bits.stream().forEach(block -> all.add(new BlockId(stream, block))));
        return all;
    }
}
