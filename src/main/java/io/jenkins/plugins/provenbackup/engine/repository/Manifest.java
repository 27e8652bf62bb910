package io.jenkins.plugins.provenbackup.engine.repository;

import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.Catalog;
import io.jenkins.plugins.provenbackup.engine.catalog.CatalogObject;
import io.jenkins.plugins.provenbackup.engine.crypto.RepositoryId;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceId;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One snapshot, opened and authenticated.
 *
 * @param header the plain part
 * @param facts what never changes
 * @param tags what {@code tag} sets
 * @param archives which archive holds which blocks
 * @param moved blocks that catalogs name, and where their chunks lie now
 * @param sparse blocks of small files of which this snapshot uses less than half
 */
public record Manifest(
        ManifestHeader header,
        Facts facts,
        SortedMap<String, String> tags,
        ArchiveTable archives,
        MovedBlocks moved,
        List<BlockId> sparse) {

    public Manifest {
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
        sparse = List.copyOf(sparse);
    }

    /**
     * What never changes in a snapshot, beside its place in time.
     *
     * @param random 16 bytes, so that nobody can confirm a guess of the rest by the snapshot's id
     * @param source the source's name
     * @param host where it was taken
     * @param user who took it
     * @param roots the paths that were backed up
     * @param totals in numbers
     * @param catalog where the entries are
     */
    public record Facts(
            ByteString random,
            String source,
            String host,
            String user,
            List<ByteString> roots,
            Totals totals,
            Catalog catalog) {

        public Facts {
            roots = List.copyOf(roots);
        }
    }

    /**
     * A snapshot's place in time.
     *
     * @param run the run that wrote it
     * @param sequence 1 and up
     * @param kind how it was made
     * @param start when the run began, by the writer's clock
     * @param end when the manifest was written, by the writer's clock
     * @param parent what the run compared with
     * @param predecessors the newest snapshots that the writer saw
     */
    public record Place(
            RunId run,
            long sequence,
            SnapshotKind kind,
            Instant start,
            Instant end,
            Optional<SnapshotId> parent,
            List<SnapshotId> predecessors) {

        public Place {
            predecessors = List.copyOf(predecessors);
        }
    }

    /** A new snapshot in its first generation; its id follows from everything in it that never changes. */
    public static Manifest create(
            SourceKey key,
            Place place,
            Facts facts,
            SortedMap<String, String> tags,
            ArchiveTable archives,
            MovedBlocks moved,
            List<BlockId> sparse) {
        SealedObject.Common common = new SealedObject.Common(key.repositoryId(), key.sourceId(), key.newestEpoch());
        return ManifestCodec.create(common, place, facts, tags, archives, moved, sparse);
    }

    /** The same snapshot in its next generation, with other tags. */
    public Manifest withTags(SortedMap<String, String> others) {
        return new Manifest(header.next(), facts, others, archives, moved, sparse);
    }

    /** The same snapshot in its next generation, with its blocks in other archives, and the chunks of some in other blocks. */
    public Manifest withArchives(ArchiveTable others, MovedBlocks nowMoved, List<BlockId> nowSparse) {
        return new Manifest(header.next(others.refs()), facts, tags, others, nowMoved, nowSparse);
    }

    /** The manifest as an object, sealed anew: the same bytes go to every destination. */
    public byte[] encode(SourceKey key) throws IOException {
        return ManifestCodec.encode(this, key);
    }

    public SnapshotId id() {
        return header.id();
    }

    public RepositoryId repositoryId() {
        return header.common().repositoryId();
    }

    public SourceId sourceId() {
        return header.common().sourceId();
    }

    public int epoch() {
        return header.common().epoch();
    }

    public RunId run() {
        return header.history().run();
    }

    public long sequence() {
        return header.history().sequence();
    }

    public int generation() {
        return header.generation();
    }

    public SnapshotKind kind() {
        return header.history().kind();
    }

    public Instant start() {
        return header.history().start();
    }

    public Instant end() {
        return header.history().end();
    }

    public Optional<SnapshotId> parent() {
        return header.history().parent();
    }

    public List<SnapshotId> predecessors() {
        return header.history().predecessors();
    }

    /** The catalog objects that the snapshot names. */
    public List<CatalogObject> catalogs() {
        return facts.catalog().objects();
    }

    public String source() {
        return facts.source();
    }

    public Totals totals() {
        return facts.totals();
    }
}
