package io.jenkins.plugins.provenbackup.engine.alerts;

import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Snapshots are gone, and nobody said <i>forget</i>: some that were recorded at a destination are not there any more, or others
 * followed on one that nobody ever saw.
 */
final class RemovalRule {

    private static final int MOST_NAMED = 3;
    private static final int BRIEF = 8;
    private static final String ADVICE =
            "Ask who has access to the storage. 'recover' and 'replicate' may bring it back;"
                    + " if it was meant, say so on the policy's page.";

    private final Observation seen;
    private final Map<String, Map<String, String>> recorded;
    private final Set<String> accepted;

    RemovalRule(Observation seen, Map<String, Map<String, String>> recorded, Set<String> accepted) {
        this.seen = seen;
        this.recorded = recorded;
        this.accepted = accepted;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        Set<String> told = new HashSet<>();
        for (Observation.DestinationSeen place : seen.destinations()) {
            Set<String> lost = lost(place);
            told.addAll(lost);
            if (!place.isReached()) {
                findings.add(new Finding(Finding.State.UNKNOWN, alert(place.name(), "")));
            } else if (!lost.isEmpty()) {
                findings.add(new Finding(
                        Finding.State.ON,
                        alert(
                                place.name(),
                                named(lost) + " recorded at " + place.name() + " and gone without forget.")));
            }
        }
        // A destination that did not answer may have them, or the record that they were forgotten.
        Finding.State ofSources = seen.destinations().stream().allMatch(Observation.DestinationSeen::isReached)
                ? Finding.State.ON
                : Finding.State.UNKNOWN;
        for (Observation.SourceSeen source : seen.sources()) {
            Set<String> gone = new HashSet<>(source.removed());
            gone.removeAll(accepted);
            gone.removeAll(told);
            if (!gone.isEmpty()) {
                findings.add(new Finding(
                        ofSources,
                        alert(source.name(), named(gone) + " of " + source.name() + " gone without forget.")));
            }
        }
        return findings;
    }

    /** What was recorded there but for what is; for one that did not answer, what it is known to have lacked cannot be told. */
    private Set<String> lost(Observation.DestinationSeen place) {
        Set<String> lost =
                new HashSet<>(recorded.getOrDefault(place.name(), Map.of()).keySet());
        if (!place.isReached()) {
            return Set.of();
        }
        seen.sources()
                .forEach(source -> source.points().stream()
                        .filter(point -> point.present().contains(place.name()))
                        .forEach(point -> lost.remove(point.id())));
        return lost;
    }

    private static String named(Set<String> ids) {
        String some = ids.stream()
                .sorted()
                .limit(MOST_NAMED)
                .map(id -> id.substring(0, Math.min(BRIEF, id.length())))
                .collect(Collectors.joining(", "));
        String count = ids.size() == 1 ? "1 snapshot is" : ids.size() + " snapshots are";
        return count + " missing (" + some + (ids.size() > MOST_NAMED ? ", …" : "") + "),";
    }

    private Alert alert(String subject, String text) {
        return new Alert(seen.policy(), Alert.Kind.SNAPSHOT_REMOVED, subject, text, ADVICE, seen.time());
    }
}
