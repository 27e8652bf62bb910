package io.jenkins.plugins.provenbackup.jenkins.drill;

import io.jenkins.plugins.provenbackup.engine.compliance.GatherFacts;
import io.jenkins.plugins.provenbackup.engine.compliance.PolicyDestinations;
import io.jenkins.plugins.provenbackup.engine.crypto.BackupKey;
import io.jenkins.plugins.provenbackup.engine.policy.Facts;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the destinations of a policy hold, and what earlier tests measured of each, as a drill needs it. For one thread. */
final class DrillFacts {

    private final Policy policy;
    private final PolicyDestinations destinations;
    private final BackupKey key;
    private final Map<String, RecoveryPoint> points = new HashMap<>();
    private final Map<String, Map<String, WorstDestination.Measured>> tests = new HashMap<>();

    /**
     * What was found.
     *
     * @param places every destination, in the order of the policy
     * @param points by source, as snapshots carry its name; sources that have none are not in it
     */
    record Found(List<WorstDestination.Place> places, Map<String, RecoveryPoint> points) {
        Found {
            places = List.copyOf(places);
            points = Map.copyOf(points);
        }
    }

    DrillFacts(Policy policy, PolicyDestinations destinations, BackupKey key) {
        this.policy = policy;
        this.destinations = destinations;
        this.key = key;
    }

    /** Where no destination answers. */
    static Found noneAnswers(Policy policy, String reason) {
        List<WorstDestination.Place> places = policy.destinations().stream()
                .map(one -> new WorstDestination.Place(one.name(), Optional.of(reason), site(one), Set.of(), Map.of()))
                .toList();
        return new Found(places, Map.of());
    }

    /**
     * Reads it.
     *
     * @throws IOException when a destination that was reached cannot be listed or read
     */
    Found run() throws IOException {
        Facts facts = GatherFacts.run(destinations, key, Set.of()).facts();
        int copies = Math.min(policy.minCopies(), destinations.reached().size());
        MeasuredRestores measured = new MeasuredRestores(destinations, key);
        for (Policy.Source source : policy.sources()) {
            RecoveryPoint.of(facts.of(source.name()), copies).ifPresent(point -> points.put(source.name(), point));
            tests.put(source.name(), measured.of(source.name()));
        }
        List<WorstDestination.Place> places = new ArrayList<>();
        policy.destinations().forEach(destination -> places.add(place(destination)));
        return new Found(places, points);
    }

    private WorstDestination.Place place(Policy.Destination destination) {
        String name = destination.name();
        Set<String> holds = new HashSet<>();
        points.forEach((source, point) -> {
            if (point.places().contains(name)) {
                holds.add(source);
            }
        });
        Map<String, WorstDestination.Measured> measured = new HashMap<>();
        tests.forEach((source, byPlace) ->
                Optional.ofNullable(byPlace.get(name)).ifPresent(test -> measured.put(source, test)));
        return new WorstDestination.Place(
                name, Optional.ofNullable(destinations.unreachable().get(name)), site(destination), holds, measured);
    }

    private static WorstDestination.Site site(Policy.Destination destination) {
        return destination.site() == Policy.Site.OFFSITE ? WorstDestination.Site.OFFSITE : WorstDestination.Site.ONSITE;
    }
}
