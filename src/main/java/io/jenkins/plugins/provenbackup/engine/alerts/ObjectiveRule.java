package io.jenkins.plugins.provenbackup.engine.alerts;

import io.jenkins.plugins.provenbackup.engine.compliance.history.ControlKey;
import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation;
import io.jenkins.plugins.provenbackup.engine.policy.Control;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A promise that is broken, unless another alert has a better name for it. */
final class ObjectiveRule {

    private final Observation seen;
    private final Set<String> robbed = new HashSet<>();

    ObjectiveRule(Observation seen, List<Finding> removals) {
        this.seen = seen;
        removals.stream()
                .filter(one -> one.state() == Finding.State.ON)
                .forEach(one -> robbed.add(one.alert().subject()));
    }

    List<Finding> findings() {
        Set<String> failed = new HashSet<>();
        for (Observation.SourceSeen source : seen.sources()) {
            source.lastTest().filter(test -> !test.isPassed()).ifPresent(test -> failed.add(source.name()));
        }
        List<Finding> findings = new ArrayList<>();
        for (Control control : seen.controls()) {
            if (control.verdict() == Control.Verdict.MET || hasBetterName(control, failed)) {
                continue;
            }
            Finding.State state =
                    control.verdict() == Control.Verdict.MISSED ? Finding.State.ON : Finding.State.UNKNOWN;
            findings.add(new Finding(state, alert(control)));
        }
        return findings;
    }

    private boolean hasBetterName(Control control, Set<String> failed) {
        String subject = control.subject().orElse("");
        return switch (control.kind()) {
            case REACHABLE, REMOVED -> true;
            case RECOVERY_TEST, ERRORS -> failed.contains(subject);
            case DRIFT, RETENTION -> robbed.contains(subject);
            default -> false;
        };
    }

    private Alert alert(Control control) {
        ControlKey key = ControlKey.of(control);
        return new Alert(
                seen.policy(),
                Alert.Kind.OBJECTIVE_MISSED,
                key.text(),
                "Promised was: " + control.objective() + ". Found was: " + control.actual() + ".",
                control.advice(),
                seen.time());
    }
}
