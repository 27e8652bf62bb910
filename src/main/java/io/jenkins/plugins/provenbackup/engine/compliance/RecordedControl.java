package io.jenkins.plugins.provenbackup.engine.compliance;

import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation;
import io.jenkins.plugins.provenbackup.engine.policy.Control;
import io.jenkins.plugins.provenbackup.engine.policy.Control.Kind;
import io.jenkins.plugins.provenbackup.engine.policy.Control.Measure;
import io.jenkins.plugins.provenbackup.engine.policy.Control.Unit;
import io.jenkins.plugins.provenbackup.engine.policy.Control.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges whether a destination holds what was recorded there. */
final class RecordedControl {

    private RecordedControl() {}

    static Control of(
            Observation.DestinationSeen destination, List<Observation.SourceSeen> sources, Map<String, String> before) {
        String name = destination.name();
        long broken = 0;
        long lost = before.keySet().stream()
                .filter(id -> !destination.forgotten().contains(id))
                .count();
        for (Observation.SourceSeen source : sources) {
            for (Observation.PointSeen point : source.points()) {
                boolean isHere = point.present().contains(name);
                broken += isHere && !point.complete().contains(name) ? 1 : 0;
                boolean wasHere = before.containsKey(point.id())
                        && !destination.forgotten().contains(point.id());
                lost -= isHere && wasHere ? 1 : 0;
            }
        }
        return control(name, broken, lost);
    }

    private static Control control(String name, long broken, long lost) {
        List<String> found = new ArrayList<>();
        List<String> advice = new ArrayList<>();
        if (broken > 0) {
            found.add(snapshots(broken) + " not whole");
            advice.add("Run verify --repair with all destinations.");
        }
        if (lost > 0) {
            found.add(snapshots(lost) + " gone without forget");
            advice.add("Ask who has access to the storage; 'recover' and replicate may bring back what was removed.");
        }
        return new Control(
                Kind.DRIFT,
                Optional.of(name),
                "holds what was recorded",
                found.isEmpty() ? "it does" : String.join(", ", found),
                found.isEmpty() ? Verdict.MET : Verdict.MISSED,
                String.join(" ", advice),
                Optional.of(new Measure(broken + lost, 0, Unit.COUNT)));
    }

    private static String snapshots(long count) {
        return count + (count == 1 ? " snapshot" : " snapshots");
    }
}
