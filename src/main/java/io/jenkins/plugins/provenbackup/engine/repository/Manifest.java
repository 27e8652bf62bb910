package io.jenkins.plugins.provenbackup.engine.repository;

import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.Catalog;
import io.jenkins.plugins.provenbackup.engine.catalog.CatalogObject;
import io.jenkins.plugins.provenbackup.engine.crypto.RepositoryId;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceId;
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
 * @param sparse blocks of small files of which this snapshot uses less than half
 */
public record Manifest(
        ManifestHeader header, Facts facts, SortedMap<String, String> tags, ArchiveTable archives, List<BlockId> sparse) {

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
