package io.jenkins.plugins.provenbackup.engine.replicate;

import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.repository.ManifestName;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings the destinations of a backup the snapshots of its source that they missed. Meant to follow a backup that is done and
 * reported: whatever happens here, the new snapshot stands.
 */
public final class CatchUp {

    private CatchUp() {}

    /**
     * Copies what one destination has and another lacks, for so long; nothing where all have the same.
     *
     * @param replicas that the backup has just completed
     * @param key of the source; only what it proves is copied
     * @return how those fared that lagged; a destination that fails is told of there
     * @throws InterruptedException when the thread was interrupted; the next run goes on
     */
    public static List<ReplicateResult> run(
            List<Replica> replicas, SourceKey key, Duration limit, ProgressListener progress)
            throws InterruptedException {
        long start = System.nanoTime();
        List<ReplicateResult> results = new ArrayList<>();
        for (Replica replica : lagging(replicas, key)) {
            List<Replica> others =
                    replicas.stream().filter(other -> other != replica).toList();
            Duration left = limit.minusNanos(System.nanoTime() - start);
            try {
                results.add(Replicate.run(
                        new ReplicateRequest(
                                others,
                                Target.of(replica),
                                Optional.of(key),
                                Selection.of(key.sourceId()),
                                ReplicateRequest.Records.NONE,
                                ReplicateRequest.Mode.WRITE,
                                Optional.of(left.isNegative() ? Duration.ZERO : left)),
                        progress));
            } catch (RefusedException e) {
                throw new IllegalStateException("no snapshot was named", e);
            }
        }
        return results.stream().filter(CatchUp::isWorthTelling).toList();
    }

    /** Not of a destination that lacks nothing but what was forgotten there. */
    private static boolean isWorthTelling(ReplicateResult result) {
        return result.state() != ReplicateResult.State.COMPLETE
                || !result.snapshots().isEmpty();
    }

    /** One listing of each destination tells whether there is anything to do. */
    private static List<Replica> lagging(List<Replica> replicas, SourceKey key) {
        Map<Replica, Set<ManifestName>> names = new LinkedHashMap<>();
        Set<ManifestName> all = new HashSet<>();
        for (Replica replica : replicas) {
            try {
                Set<ManifestName> here = new SnapshotStore(replica)
                        .list(key.sourceId()).stream()
                                .map(SnapshotStore.Listed::name)
                                .collect(Collectors.toSet());
                names.put(replica, here);
                all.addAll(here);
            } catch (StorageException e) {
                // Told of when it is copied to, which fails for the same reason.
                names.put(replica, Set.of());
            }
        }
        return names.entrySet().stream()
                .filter(entry -> !entry.getValue().containsAll(all))
                .map(Map.Entry::getKey)
                .toList();
    }
}
