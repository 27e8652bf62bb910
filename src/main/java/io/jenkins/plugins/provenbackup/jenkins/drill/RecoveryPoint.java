package io.jenkins.plugins.provenbackup.jenkins.drill;

import io.jenkins.plugins.provenbackup.engine.policy.Facts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The newest snapshot of a source that as many destinations hold whole as the policy asks for, or where none has so many, that any does.
 *
 * @param snapshot its id
 * @param time when it was taken
 * @param places names of the destinations that hold it whole
 */
record RecoveryPoint(String snapshot, Instant time, Set<String> places) {
    RecoveryPoint {
        places = Set.copyOf(places);
    }

    /**
     * The one of a source; empty when no destination holds any snapshot whole.
     *
     * @param copies how many destinations must hold it whole before it counts
     */
    static Optional<RecoveryPoint> of(Facts.SourceFacts source, int copies) {
        Optional<RecoveryPoint> counts = newest(source.snapshots(), Math.max(1, copies));
        return counts.isPresent() ? counts : newest(source.snapshots(), 1);
    }

    private static Optional<RecoveryPoint> newest(List<Facts.SnapshotFact> oldestFirst, int copies) {
        for (int i = oldestFirst.size() - 1; i >= 0; i--) {
            Facts.SnapshotFact one = oldestFirst.get(i);
            if (one.complete().size() >= copies) {
                return Optional.of(new RecoveryPoint(one.id().hex(), one.time(), one.complete()));
            }
        }
        return Optional.empty();
    }
}
