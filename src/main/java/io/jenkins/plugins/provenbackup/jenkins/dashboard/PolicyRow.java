package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation;
import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation.TestSeen;
import io.jenkins.plugins.provenbackup.engine.policy.Control.Verdict;
import io.jenkins.plugins.provenbackup.engine.policy.Elapsed;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A policy, as the dashboard shows it: red or green, why, and the way out. Immutable. */
public final class PolicyRow {

    private final BackupPolicy policy;
    private final Standing standing;
    private final Instant now;
    private final Light light;
    private final Optional<ControlRow> worst;
    private final long others;

    PolicyRow(BackupPolicy policy, Standing standing, Instant now) {
        this.policy = policy;
        this.standing = standing;
        this.now = now;
        this.light = Light.of(standing.verdict());
        List<ControlRow> wrong = standing.state().last().stream()
                .flatMap(seen -> seen.controls().stream())
                .filter(control -> control.verdict() != Verdict.MET)
                .map(ControlRow::new)
                .sorted(Comparator.comparing(ControlRow::getLight).reversed())
                .toList();
        this.worst = wrong.stream().findFirst();
        this.others = Math.max(0, wrong.size() - 1);
    }

    /** The policy's name. */
    public String getName() {
        return policy.getName();
    }

    /** Its page, below the dashboard. */
    public String getUrl() {
        return Links.ofPolicy(policy.getName());
    }

    /** Red or green. */
    public Light getLight() {
        return light;
    }

    /** Why it is not green; empty when it is. */
    public String getReason() {
        if (standing.state().failure().isPresent()) {
            return standing.state().failure().get();
        }
        if (standing.state().last().isEmpty()) {
            return Messages.PolicyRow_notLooked();
        }
        return worst.map(ControlRow::getReason).orElse("");
    }

    /** The way out; empty when there is nothing to do. */
    public String getAdvice() {
        return standing.state().failure().isPresent()
                ? Messages.Advice_configuration()
                : worst.map(ControlRow::getAdvice).orElse("");
    }

    /** How many other promises are broken or unknown. */
    public long getOthers() {
        return others;
    }

    /** Alerts that are not over. */
    public int getAlerts() {
        return standing.state().memory().open().size();
    }

    /** How old the oldest of its sources' newest recovery points is. */
    public String getNewest() {
        return sources().stream()
                .map(source -> source.points().isEmpty()
                        ? Optional.<Instant>empty()
                        : Optional.of(
                                source.points().get(source.points().size() - 1).time()))
                .min(Comparator.comparing(time -> time.orElse(Instant.MIN)))
                .flatMap(time -> time)
                .map(this::ago)
                .orElse(Messages.PolicyRow_none());
    }

    /** How many recovery points there are. */
    public long getPoints() {
        return sources().stream().mapToLong(source -> source.points().size()).sum();
    }

    /** How its last recovery test went. */
    public String getTest() {
        Optional<TestSeen> last = sources().stream()
                .flatMap(source -> source.lastTest().stream())
                .max(Comparator.comparing(TestSeen::time));
        return last.map(test -> test.isPassed()
                        ? Messages.PolicyRow_passed(ago(test.time()), Elapsed.text(test.duration()))
                        : Messages.PolicyRow_failed(ago(test.time())))
                .orElse(Messages.PolicyRow_never());
    }

    /** How many of its destinations answer. */
    public String getDestinations() {
        List<Observation.DestinationSeen> places =
                standing.state().last().map(Observation::destinations).orElse(List.of());
        long reached =
                places.stream().filter(Observation.DestinationSeen::isReached).count();
        return Messages.PolicyRow_destinations(reached, places.size());
    }

    /** When somebody looked last. */
    public String getLooked() {
        return standing.state().last().map(seen -> ago(seen.time())).orElse(Messages.PolicyRow_never());
    }

    private List<Observation.SourceSeen> sources() {
        return standing.state().last().map(Observation::sources).orElse(List.of());
    }

    private String ago(Instant time) {
        Duration age = Duration.between(time, now);
        return Messages.PolicyRow_ago(Elapsed.text(Duration.ofSeconds(Math.max(0, age.toSeconds()))));
    }
}
