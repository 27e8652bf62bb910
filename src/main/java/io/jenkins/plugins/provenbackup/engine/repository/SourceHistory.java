package io.jenkins.plugins.provenbackup.engine.repository;

import io.jenkins.plugins.provenbackup.engine.catalog.MalformedException;
import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The snapshots of one source over several destinations, as their plain headers tell. Whatever a new snapshot is built on is
 * opened first, which proves it: a destination can make up headers. For one thread.
 */
public final class SourceHistory {

    /** How many of the newest snapshots may become predecessors; with all, thinned out histories would be named again and again. */
    private static final int RECENT = 16;

    private final SourceKey key;
    private final List<Seen> newestFirst = new ArrayList<>();
    private final Map<ManifestName, Optional<Manifest>> opened = new HashMap<>();

    /** A generation of a snapshot, and the destinations that have it. */
    private record Seen(ManifestName name, ManifestHeader header, List<Replica> at) {

        SnapshotId id() {
            return header.id();
        }
    }

    private SourceHistory(SourceKey key) {
        this.key = key;
    }

    /**
     * Reads the headers of all manifests of the key's source. What is damaged is passed over; {@code verify} tells of it.
     *
     * @throws StorageException when a destination cannot be listed
     */
    public static SourceHistory load(List<Replica> replicas, SourceKey key) throws IOException {
        SourceHistory history = new SourceHistory(key);
        Map<ManifestName, List<Replica>> places = new HashMap<>();
        for (Replica replica : replicas) {
            for (SnapshotStore.Listed listed : new SnapshotStore(replica).list(key.sourceId())) {
                places.computeIfAbsent(listed.name(), name -> new ArrayList<>()).add(replica);
            }
        }
        List<ManifestName> names = new ArrayList<>(places.keySet());
        names.sort(ManifestName.OLDEST_FIRST.reversed());
        for (ManifestName name : names) {
            history.add(name, places.get(name));
        }
        return history;
    }

    private void add(ManifestName name, List<Replica> at) throws IOException {
        for (Replica replica : at) {
            try {
                byte[] object = replica.read(name.object(), name.hash());
                newestFirst.add(new Seen(name, ManifestCodec.decodeHeader(object, replica.name(name.object())), at));
                return;
            } catch (CryptoException | MalformedException | StorageException.Missing e) {
                // An upload in progress, damage, or forgotten meanwhile: no snapshot here, perhaps at the next
                // destination.
            }
        }
    }

    /** Runs that ended with a manifest. */
    public Set<RunId> finishedRuns() {
        Set<RunId> runs = new HashSet<>();
        newestFirst.forEach(seen -> runs.add(seen.header().history().run()));
        return runs;
    }

    /** All archives that a snapshot names. */
    public Set<ObjectHash> archives() {
        Set<ObjectHash> archives = new HashSet<>();
        newestFirst.forEach(seen -> seen.header().archives().forEach(archive -> archives.add(archive.hash())));
        return archives;
    }

    /** The highest sequence in use; 0 when there is no snapshot. */
    public long highestSequence() throws IOException {
        return newest(Optional.empty()).map(Manifest::sequence).orElse(0L);
    }

    /** Those of the newest snapshots that no other of them names as predecessor, newest first. */
    public List<SnapshotId> heads() throws IOException {
        Set<SnapshotId> met = new HashSet<>();
        Set<SnapshotId> followed = new HashSet<>();
        List<SnapshotId> heads = new ArrayList<>();
        for (Seen seen : newestFirst) {
            // Who follows on a snapshot has a higher sequence, so it was met before.
            if (met.size() == RECENT || met.contains(seen.id())) {
                continue;
            }
            boolean follows = followed.contains(seen.id());
            if (follows || open(seen).isPresent()) {
                met.add(seen.id());
                followed.addAll(seen.header().history().predecessors());
                if (!follows) {
                    heads.add(seen.id());
                }
            }
        }
        return heads;
    }

    /** The newest snapshot that can be opened, of one kind if asked for, in its highest generation that can be opened. */
    public Optional<Manifest> newest(Optional<SnapshotKind> kind) throws IOException {
        return newest(kind, manifest -> true);
    }

    /** The newest snapshot that can be opened and is accepted, of one kind if asked for. */
    public Optional<Manifest> newest(Optional<SnapshotKind> kind, Predicate<Manifest> accepted) throws IOException {
        for (Seen seen : newestFirst) {
            if (kind.isEmpty() || kind.get() == seen.header().history().kind()) {
                Optional<Manifest> manifest = open(seen).filter(accepted);
                if (manifest.isPresent()) {
                    return manifest;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Manifest> open(Seen seen) throws IOException {
        Optional<Manifest> known = opened.get(seen.name());
        if (known != null) {
            return known;
        }
        Optional<Manifest> manifest = read(seen);
        opened.put(seen.name(), manifest);
        return manifest;
    }

    private Optional<Manifest> read(Seen seen) throws IOException {
        for (Replica replica : seen.at()) {
            try {
                return Optional.of(new SnapshotStore(replica).read(seen.name(), key));
            } catch (CryptoException | MalformedException | StorageException.Missing e) {
                // Another destination may have it intact.
            }
        }
        return Optional.empty();
    }
}
