package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.archive.ArchiveBytes;
import io.jenkins.plugins.provenbackup.engine.archive.ArchiveIndex;
import io.jenkins.plugins.provenbackup.engine.archive.ArchiveReader;
import io.jenkins.plugins.provenbackup.engine.archive.BlockRange;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import io.jenkins.plugins.provenbackup.engine.repository.BlockId;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.ObjectRef;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Chooses the archives of one source that are worth writing anew: mostly empty ones, and small ones where many of them make
 * one that is not small.
 *
 * @param victims in the order in which they are copied
 * @param homes of blocks that lie in several archives, the archive in which they count
 * @param repacked blocks in these archives that are written anew, too
 */
record CompactionPlan(List<Victim> victims, Map<BlockId, LiveBlocks.Row> homes, Set<BlockId> repacked) {

    /** Archives larger than that are left as they are: each is read into memory as a whole. */
    private static final long LARGEST = 256L << 20;

    /** So many small archives are merged at least. */
    private static final int MANY = 16;

    /**
     * An archive that is written anew.
     *
     * @param row the archive
     * @param live blocks in it that are used, and that are not found in an archive that stays
     * @param lineage only archives of the same lineage are merged
     */
    record Victim(LiveBlocks.Row row, BlockSet live, int lineage) {}

    /** An archive with its live blocks; a block that lies in several archives counts in the largest only. */
    private record Candidate(LiveBlocks.Row row, BlockSet live) {

        boolean isWhole() {
            return live.size() == row.count();
        }

        Victim victim(LiveBlocks known) {
            return new Victim(row, live, known.lineage(row));
        }
    }

    /** An archive of which enough is dead. */
    private record Half(Candidate candidate, long liveBytes) {

        double part() {
            return (double) liveBytes / candidate.row().ref().size();
        }

        long dead() {
            return candidate.row().ref().size() - liveBytes;
        }
    }

    static CompactionPlan make(LiveBlocks live, World world, PruneRequest.Compacting compacting, List<Replica> replicas)
            throws IOException {
        Map<BlockId, LiveBlocks.Row> homes = new HashMap<>();
        List<Candidate> candidates = candidates(live, homes);
        List<Half> half = new ArrayList<>();
        List<Candidate> small = new ArrayList<>();
        BlockChoice blocks = BlockChoice.of(live, compacting);
        long dead = 0;
        long all = 0;
        for (Candidate candidate : candidates) {
            ObjectRef ref = candidate.row().ref();
            all += ref.size();
            if (ref.size() > LARGEST || isCondemned(world, ref)) {
                continue;
            }
            long liveBytes = candidate.isWhole() && blocks.areAllFull(candidate.live())
                    ? ref.size()
                    : liveBytes(candidate, replicas, blocks);
            dead += ref.size() - liveBytes;
            if (liveBytes < compacting.threshold() * ref.size()) {
                half.add(new Half(candidate, liveBytes));
            } else if (ref.size() < compacting.archive() / 4 || blocks.areMostlySmall(candidate.live())) {
                small.add(candidate);
            }
        }
        List<Victim> victims = new ArrayList<>();
        half.sort(Comparator.comparingDouble(Half::part));
        for (Half one : half) {
            if (dead > compacting.tolerated() * all) {
                dead -= one.dead();
                victims.add(one.candidate().victim(live));
            }
        }
        if (compacting.threshold() > 0) {
            Set<Integer> begun = victims.stream().map(Victim::lineage).collect(Collectors.toSet());
            victims.addAll(merged(small, live, compacting, blocks, begun));
        }
        victims.sort(Comparator.comparingInt(Victim::lineage)
                .thenComparingLong(victim -> victim.row().since())
                .thenComparing(victim -> victim.row().ranges().get(0).stream())
                .thenComparingLong(victim -> victim.row().ranges().get(0).first()));
        return new CompactionPlan(victims, homes, blocks.in(victims));
    }

    private static List<Candidate> candidates(LiveBlocks live, Map<BlockId, LiveBlocks.Row> homes) {
        List<LiveBlocks.Row> rows = live.rows().stream()
                .filter(row -> !row.ranges().isEmpty())
                .sorted(Comparator.comparingLong(
                                (LiveBlocks.Row row) -> row.ref().size())
                        .reversed()
                        .thenComparing(row -> row.ref().hash()))
                .toList();
        BlockSet repeated = repeated(rows);
        BlockSet homed = new BlockSet();
        List<Candidate> candidates = new ArrayList<>();
        for (LiveBlocks.Row row : rows) {
            BlockSet its = new BlockSet();
            for (BlockRange range : row.ranges()) {
                range.numbers().forEach(block -> {
                    StreamId stream = range.stream();
                    if (live.blocks().contains(stream, block) && homed.add(stream, block)) {
                        its.add(stream, block);
                        if (repeated.contains(stream, block)) {
                            homes.put(new BlockId(stream, block), row);
                        }
                    }
                });
            }
            candidates.add(new Candidate(row, its));
        }
        return candidates;
    }

    /** Blocks in more than one archive: a compaction was stopped half way. */
    private static BlockSet repeated(List<LiveBlocks.Row> rows) {
        BlockSet once = new BlockSet();
        BlockSet repeated = new BlockSet();
        for (LiveBlocks.Row row : rows) {
            for (BlockRange range : row.ranges()) {
                range.numbers().forEach(block -> {
                    if (!once.add(range.stream(), block)) {
                        repeated.add(range.stream(), block);
                    }
                });
            }
        }
        return repeated;
    }

    /**
     * Small archives that are put together. A repack takes a single one along where it writes a new archive for the lineage, or the
     * next repack would have these two to put together.
     *
     * @param begun lineages of which archives are written anew for another reason
     */
    private static List<Victim> merged(
            List<Candidate> small,
            LiveBlocks live,
            PruneRequest.Compacting compacting,
            BlockChoice blocks,
            Set<Integer> begun) {
        Map<Integer, List<Candidate>> byLineage =
                small.stream().collect(Collectors.groupingBy(candidate -> live.lineage(candidate.row())));
        List<Victim> victims = new ArrayList<>();
        byLineage.forEach((lineage, group) -> {
            long bytes = group.stream().mapToLong(one -> one.row().ref().size()).sum();
            boolean isWorthwhile = compacting.depth() == PruneRequest.Depth.BLOCKS
                    ? group.size() > 1
                            || begun.contains(lineage)
                            || blocks.countSmall(group.get(0).live()) > 1
                    : group.size() >= MANY && bytes >= compacting.archive() / 2;
            if (isWorthwhile) {
                group.forEach(one -> victims.add(one.victim(live)));
            }
        });
        return victims;
    }

    private static boolean isCondemned(World world, ObjectRef ref) {
        return world.views().stream().anyMatch(view -> view.scan().isCondemned(ref.hash()));
    }

    /** Bytes that the live blocks will take, as the archive's index tells; all of them where no destination gives it. */
    private static long liveBytes(Candidate candidate, List<Replica> replicas, BlockChoice blocks) {
        ObjectRef ref = candidate.row().ref();
        for (Replica replica : replicas) {
            try {
                ArchiveReader reader = ArchiveReader.open(bytesOf(replica, ref));
                long bytes = 0;
                int number = 0;
                List<StreamId> streams = List.copyOf(reader.streams());
                for (ArchiveIndex.StreamEntry stream : reader.index().streams()) {
                    StreamId id = streams.get(number++);
                    bytes += stream.blocks().stream()
                            .filter(block -> candidate.live().contains(id, block.number()))
                            .mapToLong(block -> blocks.bytesLeft(new BlockId(id, block.number()), block.length()))
                            .sum();
                }
                return bytes;
            } catch (IOException e) {
                // Another destination may have it intact; verify tells of the damage.
            }
        }
        return ref.size();
    }

    private static ArchiveBytes bytesOf(Replica replica, ObjectRef ref) {
        String name = Layout.archive(ref.hash());
        return new ArchiveBytes() {
            @Override
            public long size() {
                return ref.size();
            }

            @Override
            public byte[] read(long offset, int length) throws IOException {
                return replica.storage().read(name, offset, length);
            }
        };
    }
}
