package io.jenkins.plugins.provenbackup.engine.alerts;

import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Decides which alerts there are. An alert begins with the first look that finds it and ends with the first that does not; where
 * a look cannot tell, what was raised stays. Pure functions.
 */
public final class Watchman {

    /** So long nobody may be able to look before somebody is told. */
    static final Duration PATIENCE = Duration.ofHours(1);

    private Watchman() {}

    /** After a look. */
    public static Step after(Memory before, Observation seen) {
        Map<String, Map<String, String>> recorded = recorded(before, seen);
        Map<String, Memory.Place> places = places(before, seen, recorded);
        List<Finding> findings = new ArrayList<>();
        findings.addAll(new RecoveryTestRule(seen).findings());
        findings.addAll(new SilenceRule(seen, places).findings());
        List<Finding> removals = new RemovalRule(seen, recorded, before.accepted()).findings();
        findings.addAll(removals);
        findings.addAll(new ObjectiveRule(seen, removals).findings());
        findings.addAll(new ShrinkingRule(seen, places).findings());
        findings.addAll(new ChangeRule(seen, before.accepted()).findings());
        return Step.of(
                before,
                new Memory(
                        open(before, findings, seen.time()),
                        places,
                        recorded,
                        stillAccepted(before, seen),
                        Optional.empty()));
    }

    /** After a look that failed. */
    public static Step afterFailure(Memory before, String policy, String reason, Instant now) {
        Instant since = before.failing().orElse(now);
        List<Alert> open = new ArrayList<>(before.open());
        Alert alert = new Alert(policy, Alert.Kind.NOT_EVALUATED, "", reason, "Mend what the message names.", now);
        boolean isOpen = before.open(alert.key()).isPresent();
        if (!isOpen && !Duration.between(since, now).minus(PATIENCE).isNegative()) {
            open.add(alert);
        }
        return Step.of(
                before, new Memory(open, before.places(), before.recorded(), before.accepted(), Optional.of(since)));
    }

    /**
     * After somebody saw an alert and takes what it tells as it is: removed snapshots are no longer expected, a destination's
     * size is its size, a change was meant. It ends alerts of these three kinds and no others.
     */
    public static Step accepted(Memory before, String key, Observation last) {
        Optional<Alert> found = before.open(key);
        if (found.isEmpty()) {
            return Step.of(before, before);
        }
        Alert alert = found.get();
        Map<String, Map<String, String>> recorded = new HashMap<>(before.recorded());
        Map<String, Memory.Place> places = new TreeMap<>(before.places());
        Set<String> accepted = new HashSet<>(before.accepted());
        switch (alert.kind()) {
            case SNAPSHOT_REMOVED -> {
                recorded.computeIfPresent(alert.subject(), (place, ids) -> present(last, place));
                last.sources().stream()
                        .filter(source -> source.name().equals(alert.subject()))
                        .forEach(source -> accepted.addAll(source.removed()));
            }
            case REPOSITORY_SHRANK ->
                last.destination(alert.subject())
                        .ifPresent(place -> places.computeIfPresent(
                                place.name(),
                                (name, known) ->
                                        new Memory.Place(known.answered(), known.bytes(), known.condemned(), 0)));
            case SUSPICIOUS_CHANGE ->
                last.sources().stream()
                        .filter(source -> source.name().equals(alert.subject()))
                        .forEach(source -> source.points().forEach(point -> accepted.add(point.id())));
            default -> {
                return Step.of(before, before);
            }
        }
        List<Alert> open =
                before.open().stream().filter(one -> !one.key().equals(key)).toList();
        return Step.of(before, new Memory(open, places, recorded, accepted, before.failing()));
    }

    private static List<Alert> open(Memory before, List<Finding> findings, Instant now) {
        Map<String, Alert> open = new TreeMap<>();
        for (Finding finding : findings) {
            Alert alert = finding.alert();
            Optional<Alert> known = before.open(alert.key());
            if (finding.state() == Finding.State.ON) {
                open.put(alert.key(), alert.since(known.map(Alert::since).orElse(now)));
            } else {
                known.ifPresent(one -> open.putIfAbsent(one.key(), one));
            }
        }
        return List.copyOf(open.values());
    }

    private static Map<String, Memory.Place> places(
            Memory before, Observation seen, Map<String, Map<String, String>> recorded) {
        Map<String, Memory.Place> places = new TreeMap<>();
        for (Observation.DestinationSeen one : seen.destinations()) {
            Memory.Place known = before.places().get(one.name());
            Memory.Place fresh = new Memory.Place(seen.time(), one.bytes(), one.condemned(), 0);
            if (known == null) {
                places.put(one.name(), fresh);
            } else if (one.isReached()) {
                boolean isWhole = isWhole(one, seen, recorded);
                places.put(one.name(), ShrinkingRule.after(known, one, isWhole, seen));
            } else {
                places.put(one.name(), known);
            }
        }
        return places;
    }

    private static boolean isWhole(
            Observation.DestinationSeen place, Observation seen, Map<String, Map<String, String>> recorded) {
        boolean isComplete = seen.sources().stream()
                .flatMap(source -> source.points().stream())
                .filter(point -> point.present().contains(place.name()))
                .allMatch(point -> point.complete().contains(place.name()));
        return isComplete
                && present(seen, place.name())
                        .keySet()
                        .containsAll(recorded.get(place.name()).keySet());
    }

    private static Map<String, Map<String, String>> recorded(Memory before, Observation seen) {
        Map<String, Map<String, String>> recorded = new HashMap<>();
        Set<String> sources = new HashSet<>();
        seen.sources().forEach(source -> sources.add(source.name()));
        for (Observation.DestinationSeen place : seen.destinations()) {
            Map<String, String> ids = new HashMap<>(before.recorded().getOrDefault(place.name(), Map.of()));
            if (place.isReached()) {
                ids.keySet().removeAll(place.forgotten());
                ids.putAll(present(seen, place.name()));
            }
            ids.values().removeIf(source -> !sources.contains(source));
            recorded.put(place.name(), ids);
        }
        return recorded;
    }

    private static Map<String, String> present(Observation seen, String place) {
        Map<String, String> ids = new HashMap<>();
        for (Observation.SourceSeen source : seen.sources()) {
            for (Observation.PointSeen point : source.points()) {
                if (point.present().contains(place)) {
                    ids.put(point.id(), source.name());
                }
            }
        }
        return ids;
    }

    /** What is not there any more need not be remembered. */
    private static Set<String> stillAccepted(Memory before, Observation seen) {
        Set<String> known = new HashSet<>();
        for (Observation.SourceSeen source : seen.sources()) {
            known.addAll(source.removed());
            source.points().forEach(point -> known.add(point.id()));
        }
        known.retainAll(before.accepted());
        return known;
    }
}
