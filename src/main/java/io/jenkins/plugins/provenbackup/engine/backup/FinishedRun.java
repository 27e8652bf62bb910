package io.jenkins.plugins.provenbackup.engine.backup;

import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks whether an earlier attempt at the same backup got as far as its snapshot, so that whoever starts it again after losing
 * sight of it makes no second one. The attempts know each other by a tag that nothing else has.
 */
public final class FinishedRun {

    private FinishedRun() {}

    /**
     * The result of the earlier attempt, as far as it can still be told: what was uploaded where is not known any more. A
     * destination that lacks the snapshot counts as lagging.
     *
     * @param request as it was
     * @param tag one of the request's tags, the same for every attempt
     * @throws IOException when a destination cannot be listed
     */
    public static Optional<BackupResult> find(BackupRequest request, String tag) throws IOException {
        String value = request.tags().get(tag);
        if (value == null) {
            throw new IllegalArgumentException("the request has no tag " + tag);
        }
        Map<Replica, Manifest> found = new LinkedHashMap<>();
        for (Replica replica : request.destinations()) {
            new SnapshotStore(replica)
                    .load(request.key()).manifests().stream()
                            .filter(manifest -> value.equals(manifest.tags().get(tag)))
                            .findFirst()
                            .ifPresent(manifest -> found.put(replica, manifest));
        }
        return found.values().stream().findFirst().map(manifest -> result(request, manifest, found));
    }

    private static BackupResult result(BackupRequest request, Manifest manifest, Map<Replica, Manifest> found) {
        List<BackupResult.Destination> destinations = new ArrayList<>();
        for (Replica replica : request.destinations()) {
            boolean isThere = found.containsKey(replica);
            destinations.add(new BackupResult.Destination(
                    replica.location(),
                    isThere ? BackupResult.State.COMPLETE : BackupResult.State.LAGGING,
                    0,
                    isThere ? "" : "the backup was interrupted before it was complete here",
                    Optional.empty()));
        }
        request.unreachable()
                .forEach((location, reason) -> destinations.add(new BackupResult.Destination(
                        location, BackupResult.State.UNREACHABLE, 0, reason, Optional.empty())));
        return new BackupResult(
                Optional.of(manifest.id()),
                manifest.sequence(),
                manifest.kind(),
                manifest.parent(),
                manifest.totals(),
                destinations,
                request.minCopies(),
                List.of(),
                0,
                Duration.between(manifest.start(), manifest.end()));
    }
}
