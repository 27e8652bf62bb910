package io.jenkins.plugins.provenbackup.engine.snapshots;

import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.ManifestName;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A snapshot as seen over all destinations.
 *
 * @param manifest in its highest generation
 * @param copies every generation at every destination
 */
public record Snapshot(Manifest manifest, List<Copy> copies) {

    /**
     * One manifest object.
     *
     * @param replica where
     * @param name of the object
     */
    public record Copy(Replica replica, ManifestName name) {}

    public Snapshot {
        copies = List.copyOf(copies);
    }

    public SnapshotId id() {
        return manifest.id();
    }

    /** The destinations that have it in any generation. */
    public List<Replica> replicas() {
        return copies.stream().map(Copy::replica).distinct().toList();
    }

    /** Their locations. */
    public List<String> locations() {
        return replicas().stream().map(Replica::location).toList();
    }

    /** By location the highest generation there. */
    public Map<String, Integer> generations() {
        Map<String, Integer> highest = new LinkedHashMap<>();
        for (Copy copy : copies) {
            highest.merge(copy.replica().location(), copy.name().generation(), Math::max);
        }
        return highest;
    }
}
