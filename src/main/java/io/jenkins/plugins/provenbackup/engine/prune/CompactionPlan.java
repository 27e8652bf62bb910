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
import java.util.stream.Collectors;

/**
 * Chooses the archives of one source that are worth writing anew: mostly empty ones, and small ones where many of them make
 * one that is not small.
 *
 * @param victims in the order in which they are copied
 * @param freed bytes that become free
 * @param homes of blocks that lie in several archives, the archive in which they count
 */
record CompactionPlan(List<Victim> victims, long freed, Map<BlockId, LiveBlocks.Row> homes) {

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
    }

    static CompactionPlan make(LiveBlocks live, World world, PruneRequest.Compacting compacting, List<Replica> replicas)
            throws IOException {
        Map<BlockId, LiveBlocks.Row> homes = new HashMap<>();
        List<Candidate> candidates = candidates(live, homes);
        List<Victim> empty = new ArrayList<>();
        List<Candidate> small = new ArrayList<>();
        long freed = 0;
        long all = 0;
        for (Candidate candidate : candidates) {
            ObjectRef ref = candidate.row().ref();
            all += ref.size();
            if (ref.size() > LARGEST || isCondemned(world, ref)) {
                continue;
            }
            long liveBytes = candidate.isWhole() ? ref.size() : liveBytes(candidate, replicas);
            if (liveBytes < compacting.threshold() * ref.size()) {
                freed += ref.size() - liveBytes;
                empty.add(new Victim(candidate.row(), candidate.live(), live.lineage(candidate.row())));
            } else if (ref.size() < compacting.archive() / 4) {
                small.add(candidate);
            }
        }
        List<Victim> victims = new ArrayList<>();
        boolean isWorthwhile = freed > 0 && freed >= compacting.worthwhile() * all;
        if (isWorthwhile) {
            victims.addAll(empty);
        }
        if (compacting.threshold() > 0) {
            victims.addAll(merged(small, live, compacting));
        }
        victims.sort(Comparator.comparingInt(Victim::lineage)
                .thenComparingLong(victim -> victim.row().since())
                .thenComparing(victim -> victim.row().ranges().get(0).stream())
                .thenComparingLong(victim -> victim.row().ranges().get(0).first()));
        return new CompactionPlan(victims, isWorthwhile ? freed : 0, homes);
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

    private static List<Victim> merged(List<Candidate> small, LiveBlocks live, PruneRequest.Compacting compacting) {
        Map<Integer, List<Candidate>> byLineage =
                small.stream().collect(Collectors.groupingBy(candidate -> live.lineage(candidate.row())));
        List<Victim> victims = new ArrayList<>();
        byLineage.forEach((lineage, group) -> {
            long bytes = group.stream().mapToLong(one -> one.row().ref().size()).sum();
            if (group.size() >= MANY && bytes >= compacting.archive() / 2) {
                group.forEach(one -> victims.add(new Victim(one.row(), one.live(), lineage)));
            }
        });
        return victims;
    }

    private static boolean isCondemned(World world, ObjectRef ref) {
        return world.views().stream().anyMatch(view -> view.scan().isCondemned(ref.hash()));
    }

    /** Bytes of the live blocks, as the archive's index tells; all of them where no destination gives it. */
    private static long liveBytes(Candidate candidate, List<Replica> replicas) {
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
                            .mapToLong(ArchiveIndex.BlockEntry::length)
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
