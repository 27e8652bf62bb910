package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.catalog.CatalogObject;
import io.jenkins.plugins.provenbackup.engine.catalog.MalformedException;
import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceId;
import io.jenkins.plugins.provenbackup.engine.repository.ForgottenRecords;
import io.jenkins.plugins.provenbackup.engine.repository.HoldRecords;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.ManifestName;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.RunStore;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Finds out what is needed at one destination: what its manifests name, what the checkpoints of living runs name, and what
 * a snapshot needs whose manifest was lost while its twin is still there. One thing that cannot be read, and nothing is
 * deleted. Holds one snapshot's manifests at a time. For one thread.
 */
final class ReferenceReader {

    private record Place(SourceId source, long sequence) {}

    private record Read(ManifestName name, long size, Manifest manifest) {}

    private final DestinationScan scan;
    private final Replica replica;
    private final SourceKeys keys;
    private final ProgressListener progress;
    private final References references = new References();
    private final Map<SnapshotId, Integer> generations = new HashMap<>();

    private ReferenceReader(DestinationScan scan, SourceKeys keys, ProgressListener progress) {
        this.scan = scan;
        this.replica = scan.replica();
        this.keys = keys;
        this.progress = progress;
    }

    /**
     * Reads.
     *
     * @throws PruneRefusedException when something cannot be read
     * @throws StorageException when something cannot be listed
     */
    static References read(DestinationScan scan, SourceKeys keys, ProgressListener progress) throws IOException {
        ReferenceReader reader = new ReferenceReader(scan, keys, progress);
        reader.readManifests();
        reader.readRuns();
        reader.readTwins();
        return reader.references;
    }

    private void readManifests() throws IOException {
        Map<Place, List<StoredObject>> places = new TreeMap<>(
                Comparator.comparing((Place place) -> place.source().hex()).thenComparingLong(Place::sequence));
        for (StoredObject object : replica.storage().list(Layout.SNAPSHOTS)) {
            ManifestName name = ManifestName.parse(object.name())
                    .orElseThrow(() -> new PruneRefusedException(replica.name(object.name())
                            + " lies among the manifests and is none, so it may be one that somebody renamed."
                            + " Move it elsewhere if it is not, or restore its name."));
            places.computeIfAbsent(new Place(name.source(), name.sequence()), place -> new ArrayList<>())
                    .add(object);
        }
        for (List<StoredObject> objects : places.values()) {
            Map<SnapshotId, List<Read>> snapshots = new HashMap<>();
            for (StoredObject object : objects) {
                Optional<Read> read = read(object);
                read.ifPresent(one -> snapshots
                        .computeIfAbsent(one.manifest().id(), id -> new ArrayList<>())
                        .add(one));
            }
            snapshots.forEach(this::add);
            progress.entries(objects.size());
        }
    }

    private Optional<Read> read(StoredObject object) throws IOException {
        ManifestName name = ManifestName.parse(object.name()).orElseThrow();
        try {
            Manifest manifest = new SnapshotStore(replica).read(name, keys.of(name.source()));
            return Optional.of(new Read(name, object.size(), manifest));
        } catch (StorageException.Missing e) {
            // Forgotten by somebody else since the listing.
            return Optional.empty();
        } catch (CryptoException | MalformedException e) {
            throw new PruneRefusedException(
                    "A manifest cannot be read, so nobody knows what its snapshot needs: " + e.getMessage()
                            + " An upload may be under way, or it is damaged: 'verify --repair' copies it from another"
                            + " destination, 'forget' cannot help.",
                    e);
        }
    }

    private void add(SnapshotId id, List<Read> reads) {
        int best = reads.stream()
                .filter(one -> isComplete(one.manifest()))
                .mapToInt(one -> one.manifest().generation())
                .max()
                .orElse(-1);
        Read newest = reads.get(0);
        for (Read one : reads) {
            if (one.manifest().generation() < best) {
                references.supersede(one.name(), one.size());
                references.finish(one.manifest().run());
                continue;
            }
            references.add(one.manifest());
            references.addCatalog(one.name().hash(), one.size());
            boolean isBetter = newest.manifest().generation() < best
                    || (best < 0
                            && one.manifest().generation() > newest.manifest().generation());
            newest = isBetter || one.manifest().generation() == best ? one : newest;
        }
        references.use(id, newest.name());
        generations.put(id, newest.manifest().generation());
    }

    private boolean isComplete(Manifest manifest) {
        return manifest.archives().archives().stream().allMatch(row -> scan.hasArchive(row.archive()))
                && manifest.catalogs().stream().allMatch(this::has);
    }

    private boolean has(CatalogObject object) {
        return scan.hasCatalog(object.hash(), object.size());
    }

    private void readRuns() throws IOException {
        for (RunStore.Seen run : scan.runs()) {
            if (references.finished().contains(run.run()) || !scan.isLive(run)) {
                continue;
            }
            try {
                new RunStore(replica).archives(run).forEach(references::add);
            } catch (CryptoException | MalformedException e) {
                throw new PruneRefusedException(
                        "The checkpoint of a backup that may still run cannot be read: " + e.getMessage()
                                + " Try again a day after that backup ended.",
                        e);
            }
        }
    }

    private void readTwins() throws IOException {
        Set<ObjectHash> replaced = references.superseded().keySet().stream()
                .map(ManifestName::hash)
                .collect(Collectors.toSet());
        List<ObjectHash> unneeded = scan.catalogs().keySet().stream()
                .filter(hash -> !references.catalogs().containsKey(hash) && !replaced.contains(hash))
                .toList();
        for (ObjectHash hash : unneeded) {
            try {
                Optional<SnapshotStore.Twin> twin = new SnapshotStore(replica).twin(hash, keys.all());
                if (twin.isPresent() && !isDisposable(twin.get().manifest())) {
                    Manifest manifest = twin.get().manifest();
                    references.add(manifest);
                    references.addCatalog(hash, twin.get().object().length);
                    if (scan.runs().stream().noneMatch(run -> run.run().equals(manifest.run()) && scan.isLive(run))) {
                        references.lose(manifest.id());
                    }
                }
            } catch (StorageException.Missing e) {
                // Deleted by somebody else since the listing.
            } catch (CryptoException | MalformedException e) {
                // Begins as a manifest and is none that can be read: it costs little to keep.
                references.addCatalog(hash, scan.catalogs().get(hash).size());
            }
        }
    }

    private boolean isDisposable(Manifest twin) throws IOException {
        Integer generation = generations.get(twin.id());
        if (generation != null) {
            return true;
        }
        return isForgotten(twin) && !isHeld(twin);
    }

    /** Only somebody with the key can say so. */
    private boolean isForgotten(Manifest twin) throws IOException {
        if (!scan.isForgotten(twin.id())) {
            return false;
        }
        try {
            new ForgottenRecords(replica).read(twin.id(), keys.of(twin.sourceId()));
            return true;
        } catch (CryptoException | MalformedException | StorageException.Missing e) {
            return false;
        }
    }

    private boolean isHeld(Manifest twin) throws IOException {
        Integer number = scan.holds().get(twin.id());
        if (number == null) {
            return false;
        }
        try {
            return new HoldRecords(replica)
                    .read(twin.id(), number, keys.of(twin.sourceId()))
                    .held();
        } catch (CryptoException | MalformedException e) {
            return true;
        }
    }
}
