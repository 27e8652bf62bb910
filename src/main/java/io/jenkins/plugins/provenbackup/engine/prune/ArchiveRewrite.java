package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.archive.ArchiveBytes;
import io.jenkins.plugins.provenbackup.engine.archive.ArchiveCopy;
import io.jenkins.plugins.provenbackup.engine.archive.ArchiveReader;
import io.jenkins.plugins.provenbackup.engine.archive.BlockRange;
import io.jenkins.plugins.provenbackup.engine.archive.FinishedArchive;
import io.jenkins.plugins.provenbackup.engine.archive.SealedBlock;
import io.jenkins.plugins.provenbackup.engine.archive.SpoolPool;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import io.jenkins.plugins.provenbackup.engine.repository.ArchiveTable;
import io.jenkins.plugins.provenbackup.engine.repository.BlockId;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.MovedBlocks;
import io.jenkins.plugins.provenbackup.engine.repository.ObjectRef;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Copies the live blocks of archives into new ones, as they are. An archive is read as a whole and must hash to its name, or
 * rot would get a new name and look sound ever after. A block that lies in several archives is copied unless one of the others
 * is intact at every destination. For one thread.
 */
final class ArchiveRewrite {

    /** What an archive holds of a stream. */
    private record Part(byte[] header, List<SealedBlock> blocks) {}

    private final List<Replica> replicas;
    private final PruneRequest request;
    private final CompactionRun run;
    private final ProgressListener progress;
    private final Map<StreamId, Map<Long, ArchiveTable.Row>> homes = new HashMap<>();
    private final BlockSet copied = new BlockSet();
    private final Map<ObjectHash, Boolean> sound = new HashMap<>();
    private final Set<ObjectHash> rewritten = new HashSet<>();
    private long bytes;

    private final BlockSet live;
    private final CompactionPlan plan;
    private final Optional<BlockRepack> repack;

    /**
     * Destinations get every new archive, in their order.
     *
     * @param repack writes the blocks anew that the plan says
     */
    ArchiveRewrite(
            BlockSet live,
            CompactionPlan plan,
            Optional<BlockRepack> repack,
            List<Replica> replicas,
            PruneRequest request,
            CompactionRun run,
            ProgressListener progress) {
        this.live = live;
        this.plan = plan;
        this.repack = repack;
        this.replicas = replicas;
        this.request = request;
        this.run = run;
        this.progress = progress;
    }

    void rewrite() throws IOException, InterruptedException {
        List<CompactionPlan.Victim> victims = plan.victims();
        int next = 0;
        try (SpoolPool pool = new SpoolPool(request.compaction().archive(), 1, request.spool())) {
            while (next < victims.size()) {
                int lineage = victims.get(next).lineage();
                try (ArchiveCopy copy =
                        new ArchiveCopy(pool, request.compaction().archive(), this::put)) {
                    for (; next < victims.size() && victims.get(next).lineage() == lineage; next++) {
                        add(victims.get(next), copy);
                    }
                    if (repack.isPresent()) {
                        repack.get().finishBlock(copy);
                    }
                    copy.finish();
                }
            }
        }
    }

    private void add(CompactionPlan.Victim victim, ArchiveCopy copy) throws IOException, InterruptedException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("the prune was cancelled; nothing was condemned");
        }
        ObjectRef ref = victim.row().ref();
        Optional<byte[]> archive = intact(ref);
        if (archive.isEmpty()) {
            progress.notice("Archive " + ref.hash() + " is damaged or gone at every destination and is left as it is;"
                    + " 'verify' tells which snapshots that concerns.");
            return;
        }
        BlockSet wanted = wanted(victim.row());
        ArchiveReader reader = ArchiveReader.open(ArchiveBytes.of(archive.get()));
        List<Part> found = new ArrayList<>();
        long count = 0;
        for (StreamId stream : reader.streams()) {
            List<SealedBlock> blocks = new ArrayList<>();
            reader.read(stream, number -> wanted.contains(stream, number), blocks::add);
            found.add(new Part(reader.streamHeader(stream), blocks));
            count += blocks.size();
        }
        if (count != wanted.size()) {
            progress.notice("Archive " + ref.hash() + " does not hold all that a snapshot says, and is left as it is;"
                    + " 'verify --level restore' tells what that concerns.");
            return;
        }
        for (Part part : found) {
            for (SealedBlock block : part.blocks()) {
                if (copied.add(block.stream(), block.number()) && !isRepacked(part, block, copy)) {
                    copy.add(part.header(), block);
                }
            }
        }
        rewritten.add(ref.hash());
        bytes += ref.size();
    }

    private boolean isRepacked(Part part, SealedBlock block, ArchiveCopy copy)
            throws IOException, InterruptedException {
        return repack.isPresent()
                && plan.repacked().contains(new BlockId(block.stream(), block.number()))
                && repack.get().take(part.header(), block, copy);
    }

    private BlockSet wanted(LiveBlocks.Row row) throws IOException {
        BlockSet wanted = new BlockSet();
        for (BlockRange range : row.ranges()) {
            for (long block = range.first(); block < range.first() + range.count(); block++) {
                if (live.contains(range.stream(), block) && !isSoundElsewhere(row, range.stream(), block)) {
                    wanted.add(range.stream(), block);
                }
            }
        }
        return wanted;
    }

    private boolean isSoundElsewhere(LiveBlocks.Row row, StreamId stream, long block) throws IOException {
        LiveBlocks.Row home = plan.homes().get(new BlockId(stream, block));
        return home != null && !home.ref().equals(row.ref()) && isSound(home.ref());
    }

    /** Whether every destination has the archive intact. */
    private boolean isSound(ObjectRef ref) throws IOException {
        Boolean known = sound.get(ref.hash());
        if (known == null) {
            known = true;
            for (Replica replica : replicas) {
                known = known && isSound(replica, ref);
            }
            sound.put(ref.hash(), known);
        }
        return known;
    }

    private static boolean isSound(Replica replica, ObjectRef ref) throws IOException {
        try {
            replica.read(Layout.archive(ref.hash()), ref.hash());
            return true;
        } catch (DamagedException | StorageException.Missing e) {
            // The block is copied from the other archive then.
            return false;
        }
    }

    private Optional<byte[]> intact(ObjectRef ref) throws IOException {
        for (Replica replica : replicas) {
            try {
                byte[] archive = replica.read(Layout.archive(ref.hash()), ref.hash());
                progress.transferred(archive.length);
                return Optional.of(archive);
            } catch (DamagedException | StorageException.Missing e) {
                // Another destination may have it intact.
            }
        }
        return Optional.empty();
    }

    private void put(FinishedArchive archive) throws IOException {
        try {
            for (Replica replica : replicas) {
                replica.storage().put(Layout.archive(archive.hash()), archive.payload());
                progress.transferred(archive.size());
            }
            ArchiveTable.Row row =
                    new ArchiveTable.Row(new ObjectRef(archive.hash(), archive.size()), archive.ranges());
            archive.ranges().forEach(range -> {
                Map<Long, ArchiveTable.Row> ofStream = homes.computeIfAbsent(range.stream(), id -> new HashMap<>());
                range.numbers().forEach(block -> ofStream.put(block, row));
            });
            run.wrote(row);
        } finally {
            archive.release();
        }
    }

    /** Archives whose live blocks lie in new ones now. */
    Set<ObjectHash> rewritten() {
        return rewritten;
    }

    /** The archive that holds a block of one that was written anew: a new one, or an old one that is known to be intact. */
    Optional<ArchiveTable.Row> homeOf(StreamId stream, long block) {
        Optional<ArchiveTable.Row> home =
                Optional.ofNullable(homes.getOrDefault(stream, Map.of()).get(block));
        return home.or(() -> Optional.ofNullable(plan.homes().get(new BlockId(stream, block)))
                .filter(row -> sound.getOrDefault(row.ref().hash(), false)
                        && !rewritten.contains(row.ref().hash()))
                .map(row -> new ArchiveTable.Row(row.ref(), row.ranges())));
    }

    /** Where the parts of a block that was written anew are now; empty for one that was not. */
    Optional<Map<Movements.Part, MovedBlocks.Place>> placesOf(StreamId stream, long block) {
        return repack.flatMap(one -> one.placesOf(new BlockId(stream, block)));
    }

    /** Bytes of the archives that were written anew. */
    long bytes() {
        return bytes;
    }
}
