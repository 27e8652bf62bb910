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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The snapshots of one source over several destinations, as their plain headers tell. Whoever builds on one opens it first,
 * which proves it.
 */
public final class SourceHistory {

    /** How many of the newest snapshots are opened to find those that nobody followed on. */
    private static final int RECENT = 16;

    private final SourceKey key;
    private final Map<SnapshotId, Seen> newest = new LinkedHashMap<>();
    private final Set<RunId> runs = new HashSet<>();
    private final Set<ObjectHash> archives = new HashSet<>();
    private long highestSequence;

    /** The highest generation of a snapshot, and the destinations that have it. */
    private record Seen(ManifestName name, ManifestHeader header, List<Replica> at) {}

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
                ManifestHeader header = ManifestCodec.decodeHeader(object, replica.name(name.object()));
                newest.putIfAbsent(header.id(), new Seen(name, header, at));
                runs.add(header.history().run());
                header.archives().forEach(archive -> archives.add(archive.hash()));
                highestSequence = Math.max(highestSequence, name.sequence());
                return;
            } catch (CryptoException | MalformedException | StorageException.Missing e) {
                // An upload in progress, damage, or forgotten meanwhile: no snapshot, but its number is taken.
                highestSequence = Math.max(highestSequence, name.sequence());
            }
        }
    }

    /** Runs that ended with a manifest. */
    public Set<RunId> finishedRuns() {
        return Set.copyOf(runs);
    }

    /** All archives that a snapshot names. */
    public Set<ObjectHash> archives() {
        return Set.copyOf(archives);
    }

    /** The highest sequence in use; 0 when there is no snapshot. */
    public long highestSequence() {
        return highestSequence;
    }

    /** Snapshots that no other one of the newest names as predecessor. */
    public List<SnapshotId> heads() throws IOException {
        List<Seen> recent = newest.values().stream().limit(RECENT).toList();
        Set<SnapshotId> followed = new HashSet<>();
        Set<SnapshotId> heads = new LinkedHashSet<>();
        for (Seen seen : recent) {
            Optional<Manifest> manifest = open(seen);
            manifest.ifPresent(opened -> followed.addAll(opened.predecessors()));
            manifest.ifPresent(opened -> heads.add(opened.id()));
            if (heads.size() == 1 && manifest.isPresent() && seen.equals(recent.get(0)) && isLinear(recent)) {
                break;
            }
        }
        heads.removeAll(followed);
        return List.copyOf(heads);
    }

    /** Whether the newest snapshots are a chain, so that only the newest is a head. */
    private static boolean isLinear(List<Seen> recent) {
        for (int i = 1; i < recent.size(); i++) {
            if (!recent.get(i - 1)
                    .header()
                    .history()
                    .predecessors()
                    .contains(recent.get(i).header().id())) {
                return false;
            }
        }
        return true;
    }

    /** The newest snapshot that can be opened, of one kind if asked for. */
    public Optional<Manifest> newest(Optional<SnapshotKind> kind) throws IOException {
        for (Seen seen : newest.values()) {
            if (kind.isEmpty() || kind.get() == seen.header().history().kind()) {
                Optional<Manifest> manifest = open(seen);
                if (manifest.isPresent()) {
                    return manifest;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Manifest> open(Seen seen) throws IOException {
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
