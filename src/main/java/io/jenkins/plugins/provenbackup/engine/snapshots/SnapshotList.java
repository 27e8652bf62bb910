package io.jenkins.plugins.provenbackup.engine.snapshots;

import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import java.util.List;
import java.util.Set;

/**
 * The snapshots of a repository over several destinations.
 *
 * @param replicas the destinations that were listed
 * @param snapshots by source, then oldest first
 * @param broken manifests that count for nothing
 * @param removed snapshots that a newer one followed on, and that are gone without a record of why
 * @param forgotten snapshots with an object under forgotten/ at any destination; not yet authenticated
 */
public record SnapshotList(
        List<Replica> replicas,
        List<Snapshot> snapshots,
        List<Broken> broken,
        List<Removed> removed,
        Set<SnapshotId> forgotten) {

    /**
     * A manifest that cannot be used.
     *
     * @param object its destination and name
     * @param problem what is wrong with it
     */
    public record Broken(String object, String problem) {}

    /**
     * A snapshot that was removed by somebody who did not say so.
     *
     * @param id of the snapshot
     * @param source name of its source
     * @param follower the snapshot that followed on it
     */
    public record Removed(SnapshotId id, String source, SnapshotId follower) {}

    public SnapshotList {
        replicas = List.copyOf(replicas);
        snapshots = List.copyOf(snapshots);
        broken = List.copyOf(broken);
        removed = List.copyOf(removed);
        forgotten = Set.copyOf(forgotten);
    }

    /** The snapshots of one source, oldest first. */
    public List<Snapshot> of(String source) {
        return snapshots.stream()
                .filter(snapshot -> snapshot.manifest().source().equals(source))
                .toList();
    }

    /** The names of all sources, sorted. */
    public List<String> sources() {
        return snapshots.stream()
                .map(snapshot -> snapshot.manifest().source())
                .distinct()
                .sorted()
                .toList();
    }
}
