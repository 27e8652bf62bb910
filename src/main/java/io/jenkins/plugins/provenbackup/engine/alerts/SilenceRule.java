package io.jenkins.plugins.provenbackup.engine.alerts;

import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation;
import io.jenkins.plugins.provenbackup.engine.policy.Elapsed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A destination has not answered for a day. */
final class SilenceRule {

    private static final Duration PATIENCE = Duration.ofDays(1);

    private final Observation seen;
    private final Map<String, Memory.Place> places;

    SilenceRule(Observation seen, Map<String, Memory.Place> places) {
        this.seen = seen;
        this.places = places;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        for (Observation.DestinationSeen one : seen.destinations()) {
            Duration silent = Duration.between(places.get(one.name()).answered(), seen.time());
            if (!one.isReached() && silent.compareTo(PATIENCE) >= 0) {
                findings.add(new Finding(
                        Finding.State.ON,
                        new Alert(
                                seen.policy(),
                                Alert.Kind.DESTINATION_SILENT,
                                one.name(),
                                "No answer for " + Elapsed.text(silent) + ": "
                                        + one.problem().orElse(""),
                                "Make the destination reachable; backups go on with the others meanwhile.",
                                seen.time())));
            }
        }
        return findings;
    }
}
