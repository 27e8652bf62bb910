package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation;
import io.jenkins.plugins.provenbackup.engine.policy.Facts;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a runbook needs of the last look. */
final class SeenFacts {

    private SeenFacts() {}

    static Facts of(Observation seen) {
        Map<String, String> unreachable = new HashMap<>();
        seen.destinations().forEach(place -> place.problem().ifPresent(why -> unreachable.put(place.name(), why)));
        Map<String, Facts.SourceFacts> sources = new HashMap<>();
        for (Observation.SourceSeen source : seen.sources()) {
            sources.put(
                    source.name(),
                    new Facts.SourceFacts(
                            source.points().stream().map(SeenFacts::snapshot).toList(),
                            source.tests().stream().map(SeenFacts::test).toList(),
                            List.of()));
        }
        return new Facts(unreachable, sources, Set.of(), Facts.View.ALL_SOURCES);
    }

    private static Facts.SnapshotFact snapshot(Observation.PointSeen point) {
        return new Facts.SnapshotFact(
                new SnapshotId(point.id()),
                point.time(),
                point.kind(),
                List.of(),
                0,
                point.present(),
                point.complete(),
                Set.of(),
                Facts.Keep.BY_RULES);
    }

    private static Facts.TestFact test(Observation.TestSeen test) {
        return new Facts.TestFact(
                new SnapshotId(test.snapshot()),
                test.time(),
                test.duration(),
                test.errors(),
                test.problem().isEmpty() ? Optional.empty() : Optional.of(test.problem()));
    }
}
