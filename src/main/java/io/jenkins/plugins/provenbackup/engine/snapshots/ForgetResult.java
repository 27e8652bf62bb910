package io.jenkins.plugins.provenbackup.engine.snapshots;

import java.util.List;
import java.util.Map;

/**
 * What was forgotten, or for a dry run would be.
 *
 * @param decisions one for each snapshot that was considered, by source, then newest first
 * @param failures destinations where not everything could be done, with the reason
 */
public record ForgetResult(List<Decision> decisions, Map<String, String> failures) {

    /**
     * What happens to a snapshot.
     *
     * @param snapshot which one
     * @param keptBy why it stays; empty when it goes
     */
    public record Decision(Snapshot snapshot, List<String> keptBy) {
        public Decision {
            keptBy = List.copyOf(keptBy);
        }

        public boolean isKept() {
            return !keptBy.isEmpty();
        }
    }

    public ForgetResult {
        decisions = List.copyOf(decisions);
        failures = Map.copyOf(failures);
    }

    /** How many go. */
    public long forgotten() {
        return decisions.stream().filter(decision -> !decision.isKept()).count();
    }
}
