package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.crypto.SourceId;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.ManifestName;
import io.jenkins.plugins.provenbackup.engine.repository.ObjectRef;
import io.jenkins.plugins.provenbackup.engine.repository.RunId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is needed at one destination. Sets of hashes, whatever the number of snapshots: what many snapshots share is in them
 * once. For one thread.
 */
final class References {

    /**
     * The generation of a snapshot that counts here.
     *
     * @param id of the snapshot
     * @param name of the manifest
     */
    record Current(SnapshotId id, ManifestName name) {}

    /** What the newest snapshot of a source names, at any destination. */
    record Newest(long sequence, Set<ObjectHash> archives, Set<ObjectHash> catalogs) {}

    private final Map<ObjectHash, Long> archives = new HashMap<>();
    private final Map<ObjectHash, Long> catalogs = new HashMap<>();
    private final Map<ManifestName, Long> superseded = new HashMap<>();
    private final Set<RunId> finished = new HashSet<>();
    private final List<Current> current = new ArrayList<>();
    private final Map<SourceId, Newest> newest = new HashMap<>();
    private final Set<SnapshotId> lost = new HashSet<>();

    void add(Manifest manifest) {
        Set<ObjectHash> itsArchives = new HashSet<>();
        Set<ObjectHash> itsCatalogs = new HashSet<>();
        manifest.archives().archives().forEach(row -> {
            add(row.archive());
            itsArchives.add(row.archive().hash());
        });
        manifest.catalogs().forEach(object -> {
            catalogs.put(object.hash(), object.size());
            itsCatalogs.add(object.hash());
        });
        newest.merge(
                manifest.sourceId(),
                new Newest(manifest.sequence(), itsArchives, itsCatalogs),
                (a, b) -> a.sequence() > b.sequence() ? a : b);
        finished.add(manifest.run());
    }

    void add(ObjectRef archive) {
        archives.put(archive.hash(), archive.size());
    }

    void addCatalog(ObjectHash hash, long size) {
        catalogs.put(hash, size);
    }

    void supersede(ManifestName name, long size) {
        superseded.put(name, size);
    }

    void finish(RunId run) {
        finished.add(run);
    }

    void use(SnapshotId id, ManifestName name) {
        current.add(new Current(id, name));
    }

    void lose(SnapshotId id) {
        lost.add(id);
    }

    /** Archives that are needed, with their sizes in bytes. */
    Map<ObjectHash, Long> archives() {
        return archives;
    }

    /** Catalog objects and twins that are needed, with their sizes in bytes. */
    Map<ObjectHash, Long> catalogs() {
        return catalogs;
    }

    /** Manifests that a higher generation replaced, with their sizes. */
    Map<ManifestName, Long> superseded() {
        return superseded;
    }

    /** Runs that a manifest names. */
    Set<RunId> finished() {
        return finished;
    }

    /** For each snapshot its highest complete generation; the highest where none is complete. */
    List<Current> current() {
        return current;
    }

    Map<SourceId, Newest> newest() {
        return newest;
    }

    /** Snapshots of which only the twin of a manifest is left. */
    Set<SnapshotId> lost() {
        return lost;
    }
}
