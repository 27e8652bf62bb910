package io.jenkins.plugins.provenbackup.jenkins.configuration;

import io.jenkins.plugins.provenbackup.engine.policy.CopyRule;
import io.jenkins.plugins.provenbackup.engine.policy.Elapsed;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A configured policy as the engine judges it. */
final class JudgedPolicy {

    private JudgedPolicy() {}

    /**
     * Reads what was typed.
     *
     * @param lookup of destinations by name
     * @throws IllegalArgumentException when parts are missing or do not fit, in words for the user
     */
    static Policy of(BackupPolicy typed, Function<String, Optional<BackupDestination>> lookup) {
        List<Policy.Destination> places = new ArrayList<>();
        for (PolicyDestination one : typed.getDestinations()) {
            places.add(lookup.apply(one.getName())
                    .orElseThrow(() -> new IllegalArgumentException(
                            typed.describe() + " names the destination '" + one.getName() + "', which does not exist"))
                    .toPolicy(one.toRules()));
        }
        return new Policy(
                typed.getName(),
                typed.getSources().stream()
                        .map(source -> source.toPolicy(typed))
                        .toList(),
                places,
                typed.getMinCopies() == 0 ? Math.max(1, places.size()) : typed.getMinCopies(),
                new Policy.Backups(
                        typed.snapshotKind(),
                        every(typed.getFullEvery()),
                        optional(typed.getSchedule()),
                        typed.times().checkedZone()),
                new Policy.Objectives(
                        elapsed(typed.getRpo()),
                        elapsed(typed.getRto()),
                        elapsed(typed.getRecoveryTest()),
                        optional(typed.getCopies()).map(CopyRule::parse)),
                typed.getContacts().stream().map(PolicyContact::toPolicy).toList(),
                typed.getNotes());
    }

    private static Optional<Duration> every(String text) {
        return text.equals(BackupPolicy.NEVER) ? Optional.empty() : elapsed(text);
    }

    private static Optional<Duration> elapsed(String text) {
        return optional(text).map(Elapsed::parse);
    }

    private static Optional<String> optional(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
