package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.archive.ArchiveBytes;
import io.jenkins.plugins.provenbackup.engine.archive.ArchiveCopy;
import io.jenkins.plugins.provenbackup.engine.archive.ArchiveReader;
import io.jenkins.plugins.provenbackup.engine.archive.FinishedArchive;
import io.jenkins.plugins.provenbackup.engine.archive.SealedBlock;
import io.jenkins.plugins.provenbackup.engine.archive.SpoolPool;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import io.jenkins.plugins.provenbackup.engine.repository.ArchiveTable;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.ObjectRef;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
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
 * rot would get a new name and look sound ever after. For one thread.
 */
final class ArchiveRewrite {

    private final List<Replica> replicas;
    private final PruneRequest request;
    private final CompactionRun run;
    private final ProgressListener progress;
    private final Map<StreamId, Map<Long, ArchiveTable.Row>> homes = new HashMap<>();
    private final Set<ObjectHash> rewritten = new HashSet<>();
    private long bytes;

    /** Destinations get every new archive, in their order. */
    ArchiveRewrite(List<Replica> replicas, PruneRequest request, CompactionRun run, ProgressListener progress) {
        this.replicas = replicas;
        this.request = request;
        this.run = run;
        this.progress = progress;
    }

    void rewrite(List<CompactionPlan.Victim> victims) throws IOException, InterruptedException {
        int next = 0;
        try (SpoolPool pool = new SpoolPool(request.compaction().archive(), 1, request.spool())) {
            while (next < victims.size()) {
                long lineage = victims.get(next).lineage();
                try (ArchiveCopy copy =
                        new ArchiveCopy(pool, request.compaction().archive(), this::put)) {
                    for (; next < victims.size() && victims.get(next).lineage() == lineage; next++) {
                        add(victims.get(next), copy);
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
        ArchiveReader reader = ArchiveReader.open(ArchiveBytes.of(archive.get()));
        Map<byte[], List<SealedBlock>> found = new HashMap<>();
        long count = 0;
        for (StreamId stream : reader.streams()) {
            List<SealedBlock> blocks = new ArrayList<>();
            reader.read(stream, number -> victim.live().contains(stream, number), blocks::add);
            found.put(reader.streamHeader(stream), blocks);
            count += blocks.size();
        }
        if (count != victim.live().size()) {
            progress.notice("Archive " + ref.hash() + " does not hold all that a snapshot says, and is left as it is;"
                    + " 'verify --level restore' tells what that concerns.");
            return;
        }
        for (Map.Entry<byte[], List<SealedBlock>> stream : found.entrySet()) {
            for (SealedBlock block : stream.getValue()) {
                copy.add(stream.getKey(), block);
            }
        }
        rewritten.add(ref.hash());
        bytes += ref.size();
    }

    private Optional<byte[]> intact(ObjectRef ref) throws IOException {
        for (Replica replica : replicas) {
            try {
                byte[] archive = replica.read(Layout.archive(ref.hash()), ref.hash());
                progress.transferred(archive.length);
                return Optional.of(archive);
            } catch (DamagedException | io.jenkins.plugins.provenbackup.engine.storage.StorageException.Missing e) {
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
                for (long block = range.first(); block < range.first() + range.count(); block++) {
                    homes.computeIfAbsent(range.stream(), id -> new HashMap<>()).put(block, row);
                }
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

    /** The new archive that holds a block, if one does. */
    Optional<ArchiveTable.Row> homeOf(StreamId stream, long block) {
        return Optional.ofNullable(homes.getOrDefault(stream, Map.of()).get(block));
    }

    /** Bytes of the archives that were written anew. */
    long bytes() {
        return bytes;
    }
}
