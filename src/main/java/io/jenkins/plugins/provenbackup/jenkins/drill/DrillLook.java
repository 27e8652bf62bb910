package io.jenkins.plugins.provenbackup.jenkins.drill;

import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.OpenDestinations;
import io.jenkins.plugins.provenbackup.engine.OpenRequest;
import io.jenkins.plugins.provenbackup.engine.Reason;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.compliance.GatherFacts;
import io.jenkins.plugins.provenbackup.engine.compliance.PolicyDestinations;
import io.jenkins.plugins.provenbackup.engine.policy.Facts;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.secrets.ControllerKeys;
import io.jenkins.plugins.provenbackup.jenkins.secrets.DestinationAccess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks, before a drill, at what the destinations of a policy hold and at what earlier tests measured. As the system; for one thread. */
final class DrillLook {

    private final ProvenBackupConfiguration configuration = ProvenBackupConfiguration.get();
    private final Policy policy;

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

    /**
     * Reads nothing yet.
     *
     * @throws IllegalArgumentException when the policy is not complete, in words for the user
     */
    DrillLook(BackupPolicy configured) {
        this.policy = configuration.toPolicy(configured);
    }

    /**
     * Looks. Destinations that do not answer are part of what is found.
     *
     * @throws IOException when nobody can tell: no keys, several repositories, something unreadable
     * @throws IllegalArgumentException when the destinations have no keys, in words for the user
     */
    Found run() throws IOException, InterruptedException {
        List<String> names =
                policy.destinations().stream().map(Policy.Destination::name).toList();
        List<DestinationAccess> access = new ArrayList<>();
        try (ControllerKeys keys = ControllerKeys.open(configuration.keysOf(names))) {
            for (String name : names) {
                access.add(DestinationAccess.forWriting(
                        configuration.destination(name).orElseThrow()));
            }
            OpenRequest request = DestinationAccess.open(access);
            try {
                return look(request, keys);
            } finally {
                DestinationAccess.wipe(request);
            }
        } finally {
            access.forEach(DestinationAccess::close);
        }
    }

    private Found look(OpenRequest request, ControllerKeys keys) throws IOException, InterruptedException {
        Destinations opened;
        try {
            opened = OpenDestinations.runForCheck(request);
        } catch (RefusedException e) {
            throw e;
        } catch (IOException e) {
            return noneAnswers(Reason.of(e));
        }
        try (Destinations all = opened;
                Destinations trusted = all.trusted(keys.backupKey())) {
            PolicyDestinations places = PolicyDestinations.of(policy, trusted);
            Facts facts = GatherFacts.run(places, keys.backupKey(), Set.of()).facts();
            Map<String, RecoveryPoint> points = new LinkedHashMap<>();
            Map<String, Map<String, WorstDestination.Measured>> tests = new LinkedHashMap<>();
            for (Policy.Source source : policy.sources()) {
                point(facts.of(source.name()), places.reached().size())
                        .ifPresent(point -> points.put(source.name(), point));
                tests.put(source.name(), new MeasuredRestores(places, keys).of(source.name()));
            }
            return new Found(places(places, points, tests), points);
        }
    }

    private Found noneAnswers(String reason) {
        return new Found(
                policy.destinations().stream()
                        .map(one -> new WorstDestination.Place(
                                one.name(), Optional.of(reason), site(one), Set.of(), Map.of()))
                        .toList(),
                Map.of());
    }

    private Optional<RecoveryPoint> point(Facts.SourceFacts source, int reached) {
        int needed = Math.min(policy.minCopies(), reached);
        Optional<RecoveryPoint> counts = newest(source, needed);
        return counts.isPresent() ? counts : newest(source, 1);
    }

    private static Optional<RecoveryPoint> newest(Facts.SourceFacts source, int copies) {
        List<Facts.SnapshotFact> oldestFirst = source.snapshots();
        for (int i = oldestFirst.size() - 1; i >= 0; i--) {
            Facts.SnapshotFact one = oldestFirst.get(i);
            if (one.complete().size() >= copies) {
                return Optional.of(new RecoveryPoint(one.id().hex(), one.time(), one.complete()));
            }
        }
        return Optional.empty();
    }

    private List<WorstDestination.Place> places(
            PolicyDestinations found,
            Map<String, RecoveryPoint> points,
            Map<String, Map<String, WorstDestination.Measured>> tests) {
        List<WorstDestination.Place> places = new ArrayList<>();
        for (Policy.Destination destination : policy.destinations()) {
            String name = destination.name();
            Set<String> holds = new HashSet<>();
            points.forEach((source, point) -> {
                if (point.places().contains(name)) {
                    holds.add(source);
                }
            });
            Map<String, WorstDestination.Measured> measured = new LinkedHashMap<>();
            tests.forEach((source, byPlace) ->
                    Optional.ofNullable(byPlace.get(name)).ifPresent(test -> measured.put(source, test)));
            places.add(new WorstDestination.Place(
                    name, Optional.ofNullable(found.unreachable().get(name)), site(destination), holds, measured));
        }
        return places;
    }

    private static WorstDestination.Site site(Policy.Destination destination) {
        return destination.site() == Policy.Site.OFFSITE ? WorstDestination.Site.OFFSITE : WorstDestination.Site.ONSITE;
    }
}
