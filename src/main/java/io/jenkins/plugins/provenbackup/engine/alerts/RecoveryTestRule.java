package io.jenkins.plugins.provenbackup.engine.alerts;

import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation;
import java.util.ArrayList;
import java.util.List;

/** The newest recovery test of a source found errors. */
final class RecoveryTestRule {

    private final Observation seen;

    RecoveryTestRule(Observation seen) {
        this.seen = seen;
    }

    List<Finding> findings() {
        boolean isPartial = seen.destinations().stream().anyMatch(one -> !one.isReached());
        List<Finding> findings = new ArrayList<>();
        for (Observation.SourceSeen source : seen.sources()) {
            source.lastTest().filter(test -> !test.isPassed()).ifPresent(test -> {
                String errors = test.errors() + (test.errors() == 1 ? " error" : " errors");
                findings.add(new Finding(
                        Finding.State.ON,
                        alert(
                                source,
                                "The recovery test of " + test.time() + " found " + errors
                                        + (test.problem().isEmpty() ? "." : ": " + test.problem()))));
            });
            if (source.lastTest().isEmpty() && isPartial) {
                findings.add(new Finding(Finding.State.UNKNOWN, alert(source, "")));
            }
        }
        return findings;
    }

    private Alert alert(Observation.SourceSeen source, String text) {
        return new Alert(
                seen.policy(),
                Alert.Kind.RECOVERY_TEST_FAILED,
                source.name(),
                text,
                "Verify with repair over all destinations, make a backup, then test again.",
                seen.time());
    }
}
