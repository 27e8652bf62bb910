package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import io.jenkins.plugins.provenbackup.engine.alerts.PolicyState;
import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation;
import io.jenkins.plugins.provenbackup.engine.policy.Compliance;
import io.jenkins.plugins.provenbackup.engine.policy.Control;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A policy of which every kind of promise was judged, and that two destinations hold, one of which is away. */
final class SampleStanding {

    static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

    private SampleStanding() {}

    static Standing of(String policy, long errors) {
        List<Control> controls = new ArrayList<>();
        for (Control.Kind kind : Control.Kind.values()) {
            controls.add(control(kind, 3, 2));
        }
        // Of several the worst counts.
        controls.add(control(Control.Kind.RPO, 90_000, 86_400));
        controls.add(control(Control.Kind.COPIES, 1, 3));
        Observation.PointSeen point = new Observation.PointSeen(
                "ab".repeat(32),
                NOW.minusSeconds(90_000),
                SnapshotKind.FULL,
                new Observation.Amounts(10, 1000, 10, 1000, 500),
                Set.of("nas"),
                Set.of("nas"));
        Observation.TestSeen test =
                new Observation.TestSeen(point.id(), NOW.minusSeconds(60), Duration.ofMinutes(3), errors, "");
        return Standing.of(PolicyState.none(policy)
                .after(new Observation(
                        new Compliance(policy, NOW, controls),
                        List.of(new Observation.SourceSeen("db", List.of(point), List.of(test), List.of())),
                        List.of(
                                new Observation.DestinationSeen(
                                        "nas", Optional.empty(), 5000, 0, OptionalLong.of(70_000), Set.of()),
                                new Observation.DestinationSeen(
                                        "vault", Optional.of("no route"), 0, 0, OptionalLong.empty(), Set.of())),
                        List.of()))
                .state());
    }

    private static Control control(Control.Kind kind, long value, long limit) {
        return new Control(
                kind,
                Optional.of("db"),
                "",
                "",
                value > limit ? Control.Verdict.MISSED : Control.Verdict.MET,
                "",
                Optional.of(new Control.Measure(value, limit, Control.Unit.COUNT)));
    }
}
