package io.jenkins.plugins.provenbackup.engine.backup;

import io.jenkins.plugins.provenbackup.engine.archive.Codec;
import io.jenkins.plugins.provenbackup.engine.catalog.CatalogReader;
import io.jenkins.plugins.provenbackup.engine.catalog.ChangeRule;
import io.jenkins.plugins.provenbackup.engine.catalog.CheckpointReader;
import io.jenkins.plugins.provenbackup.engine.catalog.ContentSource;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryStream;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Extent;
import io.jenkins.plugins.provenbackup.engine.catalog.Extent.ChunkRef;
import io.jenkins.plugins.provenbackup.engine.catalog.ExtentStream;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.catalog.SegmentId;
import io.jenkins.plugins.provenbackup.engine.catalog.SegmentRef;
import io.jenkins.plugins.provenbackup.engine.catalog.SegmentSealing;
import io.jenkins.plugins.provenbackup.engine.catalog.StoredEntry;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.repository.Checkpoint;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.RunStore;
import io.jenkins.plugins.provenbackup.engine.source.Recollection;
import io.jenkins.plugins.provenbackup.engine.transfer.CatalogFetcher;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The catalogs that a backup compares its source with: the parent snapshot's, then those of unfinished runs. For one thread. */
final class ParentCatalogs implements AutoCloseable {

    private final SegmentSealing sealing;
    private final Optional<CatalogReader> parent;
    private final Optional<ParentCatalog> guarded;
    private final BackupPlan plan;
    private final List<EntryStream> streams = new ArrayList<>();
    private final List<Intake.Parent> parents = new ArrayList<>();

    ParentCatalogs(BackupPlan plan, List<Replica> replicas, SourceKey key, Set<ChangeRule.Ignored> ignored)
            throws IOException {
        this.plan = plan;
        this.sealing = SegmentSealing.of(key, key.newestEpoch(), Codec.shared());
        this.parent = plan.parent()
                .map(manifest -> new CatalogReader(manifest.facts().catalog(), sealing, new CatalogFetcher(replicas)));
        this.guarded = parent.map(
                reader -> new ParentCatalog(plan.parent().orElseThrow().id().hex(), reader));
        if (parent.isPresent()) {
            Manifest manifest = plan.parent().orElseThrow();
            ParentCatalog guard = guarded.orElseThrow();
            streams.add(guard.guard(guard.read(parent.get()::entries)));
            ChangeRule rule = new ChangeRule(ignored, manifest.start(), manifest.end());
            parents.add(new Intake.Parent(guard, rule, Intake.Reuse.SEGMENTS, plan.available()::has));
        }
        for (RunStore.Unfinished run : plan.unfinished()) {
            CheckpointReader reader = reader(run);
            ParentCatalog guard = new ParentCatalog(run.run().hex(), reader);
            streams.add(guard.guard(reader));
            List<Checkpoint> checkpoints = run.checkpoints();
            ChangeRule rule = new ChangeRule(
                    ignored,
                    checkpoints.get(0).time(),
                    checkpoints.get(checkpoints.size() - 1).time());
            parents.add(new Intake.Parent(guard, rule, Intake.Reuse.ENTRIES, plan.available()::hasUnmoved));
        }
    }

    private CheckpointReader reader(RunStore.Unfinished run) {
        Iterator<byte[]> segments = run.checkpoints().stream()
                .flatMap(checkpoint -> checkpoint.segments().stream())
                .iterator();
        return new CheckpointReader(
                () -> segments.hasNext() ? Optional.of(segments.next()) : Optional.empty(), sealing);
    }

    /** Their entries, each in order. */
    List<EntryStream> streams() {
        return streams;
    }

    /** What the parent snapshot has, read anew from the start; empty without one. */
    Optional<Recollection> recollection() throws IOException {
        if (parent.isEmpty()) {
            return Optional.empty();
        }
        ParentCatalog guard = guarded.orElseThrow();
        EntryStream entries = guard.guard(guard.read(parent.get()::entries));
        return Optional.of(new Recollection() {
            @Override
            public String snapshot() {
                return plan.parent().orElseThrow().id().hex();
            }

            @Override
            public Optional<Node> next() throws IOException {
                return entries.next().map(stored -> stored.entry().node());
            }
        });
    }

    /** How to compare with each, in the same order. */
    List<Intake.Parent> parents() {
        return parents;
    }

    SegmentSealing sealing() {
        return sealing;
    }

    /** Segments that need not be written again. */
    Map<SegmentId, SegmentRef> knownSegments() throws IOException {
        return parent.isPresent() ? guarded.orElseThrow().read(parent.get()::segments) : Map.of();
    }

    /** Hands out all chunks that need not be stored again, read anew from the start. */
    void forEachUsableChunk(ContentStore.KnownChunks.Taker taker) throws IOException {
        if (parent.isPresent()) {
            ParentCatalog guard = guarded.orElseThrow();
            forEachChunk(guard.guard(guard.read(parent.get()::entries)), guard, chunk -> {
                if (plan.available().has(chunk)) {
                    taker.take(chunk);
                }
            });
        }
        for (RunStore.Unfinished run : plan.unfinished()) {
            CheckpointReader reader = reader(run);
            ParentCatalog guard = new ParentCatalog(run.run().hex(), reader);
            forEachChunk(guard.guard(reader), guard, chunk -> {
                if (plan.available().hasUnmoved(chunk)) {
                    taker.take(chunk);
                }
            });
        }
    }

    private static void forEachChunk(EntryStream entries, ContentSource contents, ContentStore.KnownChunks.Taker taker)
            throws IOException {
        for (Optional<StoredEntry> next = entries.next(); next.isPresent(); next = entries.next()) {
            if (next.get().entry().node().type() != EntryType.FILE) {
                continue;
            }
            ExtentStream extents = contents.extents(next.get().entry());
            for (Optional<Extent> extent = extents.next(); extent.isPresent(); extent = extents.next()) {
                if (extent.get() instanceof ChunkRef chunk) {
                    taker.take(chunk);
                }
            }
        }
    }

    @Override
    public void close() {
        sealing.close();
    }
}
