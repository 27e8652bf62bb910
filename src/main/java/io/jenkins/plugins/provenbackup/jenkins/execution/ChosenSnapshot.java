package io.jenkins.plugins.provenbackup.jenkins.execution;

import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.OpenDestinations;
import io.jenkins.plugins.provenbackup.engine.OpenRequest;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.ManifestName;
import io.jenkins.plugins.provenbackup.engine.snapshots.ListSnapshots;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import io.jenkins.plugins.provenbackup.engine.snapshots.SnapshotList;
import io.jenkins.plugins.provenbackup.engine.snapshots.SnapshotSelector;
import io.jenkins.plugins.provenbackup.jenkins.secrets.ControllerKeys;
import io.jenkins.plugins.provenbackup.jenkins.secrets.DestinationAccess;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * The snapshot that is restored, chosen on the controller among those of the one source that the build may read, and the keys of its
 * streams. Closing wipes them.
 */
final class ChosenSnapshot implements AutoCloseable {

    private final Manifest manifest;
    private final SnapshotPlace place;
    private final Instant recoveryPoint;
    private final ControllerStreamKeys streams;

    private ChosenSnapshot(
            Manifest manifest, SnapshotPlace place, Instant recoveryPoint, ControllerStreamKeys streams) {
        this.manifest = manifest;
        this.place = place;
        this.recoveryPoint = recoveryPoint;
        this.streams = streams;
    }

    /**
     * Looks for it, and opens the recovery key.
     *
     * @param source whose snapshots count; no others are seen
     * @param which {@code latest} or the beginning of an id; empty for the latest
     * @param minCopies how many destinations must have a snapshot before it is a recovery point
     * @throws IOException when there is none, or contents cannot be read here, in words for the user
     */
    static ChosenSnapshot of(
            ControllerKeys keys,
            ChosenDestinations destinations,
            String source,
            String which,
            int minCopies,
            BuildLog log)
            throws IOException, InterruptedException {
        SnapshotSelector selector = SnapshotSelector.parse(which.isEmpty() ? SnapshotSelector.LATEST : which);
        List<DestinationAccess> access = destinations.access();
        OpenRequest open = DestinationAccess.open(access);
        try (Destinations opened = OpenDestinations.run(open);
                SourceKey key = keys.sourceKey(source)) {
            opened.verify(keys.backupKey());
            ControllerMemory memory = ControllerMemory.of(opened.id());
            SnapshotList list = ListSnapshots.run(opened.reached(), key);
            memory.compare(list, key, log);
            list.broken().forEach(one -> log.line("WARNING: a manifest cannot be used: " + one.problem()));
            Snapshot found = selector.in(list);
            return new ChosenSnapshot(
                    found.manifest(),
                    new SnapshotPlace(newest(found)),
                    recoveryPoint(list, source, found, minCopies),
                    new ControllerStreamKeys(keys.recoveryKey(opened), found.manifest()));
        } finally {
            DestinationAccess.wipe(open);
            access.forEach(DestinationAccess::close);
        }
    }

    private static ManifestName newest(Snapshot found) {
        return found.copies().stream()
                .map(Snapshot.Copy::name)
                .max(Comparator.comparingInt(ManifestName::generation))
                .orElseThrow();
    }

    private static Instant recoveryPoint(SnapshotList list, String source, Snapshot found, int minCopies) {
        int needed = Math.min(minCopies, list.replicas().size());
        return list.of(source).stream()
                .filter(one -> one.replicas().size() >= needed)
                .map(one -> one.manifest().start())
                .max(Comparator.naturalOrder())
                .orElse(found.manifest().start());
    }

    Manifest manifest() {
        return manifest;
    }

    SnapshotPlace place() {
        return place;
    }

    /** When the newest snapshot of the source was taken that counts. */
    Instant recoveryPoint() {
        return recoveryPoint;
    }

    StreamKeySource streams() {
        return streams;
    }

    @Override
    public void close() {
        streams.close();
    }
}
