package io.jenkins.plugins.provenbackup.engine.policy;

import java.util.List;
import java.util.Optional;

/**
 * The newest snapshot of a source that counts.
 *
 * @param proven complete at as many destinations as the policy asks for
 * @param hoped newer, and would count if the destinations that did not answer had it
 */
record RecoveryPoint(Optional<Facts.SnapshotFact> proven, Optional<Facts.SnapshotFact> hoped) {

    static RecoveryPoint of(Policy policy, Facts facts, String source) {
        List<Facts.SnapshotFact> snapshots = facts.of(source).snapshots();
        long silent = facts.unreachable().size();
        Optional<Facts.SnapshotFact> hoped = Optional.empty();
        for (int i = snapshots.size() - 1; i >= 0; i--) {
            Facts.SnapshotFact snapshot = snapshots.get(i);
            if (snapshot.complete().size() >= policy.minCopies()) {
                return new RecoveryPoint(Optional.of(snapshot), hoped);
            }
            if (hoped.isEmpty() && snapshot.complete().size() + silent >= policy.minCopies()) {
                hoped = Optional.of(snapshot);
            }
        }
        return new RecoveryPoint(Optional.empty(), hoped);
    }

    /** The snapshot that is restored today. */
    Optional<Facts.SnapshotFact> best() {
        return proven.or(() -> hoped);
    }
}
