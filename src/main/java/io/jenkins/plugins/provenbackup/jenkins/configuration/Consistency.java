package io.jenkins.plugins.provenbackup.jenkins.configuration;

import hudson.model.Descriptor.FormException;
import io.jenkins.plugins.provenbackup.jenkins.access.JobPatterns;
import io.jenkins.plugins.provenbackup.jenkins.access.SourceNames;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Checks that destinations, keys and policies fit each other, before they are saved. */
final class Consistency {

    private final Map<String, BackupDestination> destinations;
    private final Set<String> keys;

    private Consistency(List<BackupDestination> destinations, List<RepositoryKeys> keys) {
        this.destinations =
                destinations.stream().collect(Collectors.toMap(BackupDestination::getName, Function.identity()));
        this.keys = keys.stream().map(RepositoryKeys::getName).collect(Collectors.toSet());
    }

    /**
     * Checks a whole configuration.
     *
     * @throws FormException naming the field, in words for the user
     */
    static void require(Settings settings) throws FormException {
        requireNames(settings.destinations(), BackupDestination::getName, "destinations");
        requireNames(settings.keys(), RepositoryKeys::getName, "keys");
        requireNames(settings.policies(), BackupPolicy::getName, "policies");
        Consistency consistency = new Consistency(settings.destinations(), settings.keys());
        for (BackupDestination destination : settings.destinations()) {
            consistency.require(destination);
        }
        for (BackupPolicy policy : settings.policies()) {
            consistency.require(policy);
        }
    }

    private static <T> void requireNames(List<T> all, Function<T, String> name, String field) throws FormException {
        Set<String> seen = new HashSet<>();
        for (T one : all) {
            String given = name.apply(one);
            if (given.isEmpty()) {
                throw new FormException(Messages.Consistency_nameless(field), field);
            }
            if (!seen.add(given)) {
                throw new FormException(Messages.Consistency_twice(field, given), field);
            }
            checked(given, field, () -> SourceNames.requirePlain(given));
        }
    }

    private void require(BackupDestination destination) throws FormException {
        String what = destination.describe();
        checked(what, "location", () -> Locations.checked(destination.getLocation()));
        checked(what, "allowedJobs", () -> JobPatterns.parse(destination.getAllowedJobs()));
        checked(what, "knownHosts", () -> KnownHosts.describe(destination.getKnownHosts()));
        if (!destination.getKeys().isEmpty() && !keys.contains(destination.getKeys())) {
            throw new FormException(Messages.Consistency_unknownKeys(what, destination.getKeys()), "keys");
        }
    }

    private void require(BackupPolicy policy) throws FormException {
        String what = policy.describe();
        checked(what, "policies", () -> policy.toPolicy(name -> Optional.ofNullable(destinations.get(name))));
        checked(what, "schedule", () -> Schedule.parse(policy.getSchedule(), policy.getName(), policy.getTimeZone()));
        checked(
                what,
                "testSchedule",
                () -> Schedule.parse(policy.getTestSchedule(), policy.getName(), policy.getTimeZone()));
        checked(what, "allowedJobs", () -> JobPatterns.parse(policy.getAllowedJobs()));
        checked(what, "restoringJobs", () -> JobPatterns.parse(policy.getRestoringJobs()));
        String reserved = policy.isContinuous() ? SourceNames.ofConfiguration(policy.getName()) : "";
        if (policy.getSources().stream()
                .anyMatch(source -> source.sourceName(policy).equals(reserved))) {
            throw new FormException(Messages.Consistency_configurationTwice(what), "sources");
        }
        long repositories = policy.getDestinations().stream()
                .map(one -> destinations.get(one.getName()).getKeys())
                .distinct()
                .count();
        if (repositories > 1) {
            throw new FormException(Messages.Consistency_severalRepositories(what), "destinations");
        }
    }

    private static void checked(String what, String field, Runnable check) throws FormException {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            throw new FormException(FieldChecks.sentence(what + ": " + e.getMessage()), e, field);
        }
    }
}
