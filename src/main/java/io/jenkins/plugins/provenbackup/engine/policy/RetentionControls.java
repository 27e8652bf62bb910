package io.jenkins.plugins.provenbackup.engine.policy;

import io.jenkins.plugins.provenbackup.engine.policy.Control.Kind;
import io.jenkins.plugins.provenbackup.engine.policy.Control.Measure;
import io.jenkins.plugins.provenbackup.engine.policy.Control.Unit;
import io.jenkins.plugins.provenbackup.engine.policy.Control.Verdict;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Judges for each destination whether it answers, and holds what its rules keep and nothing else. */
final class RetentionControls {

    /**
     * How long a snapshot may outlive its rules, or be absent from one destination: forget and replicate run once a day at
     * most places. So the rules are asked what they kept that long ago.
     */
    private static final Duration GRACE = Duration.ofDays(1);

    private final Policy policy;
    private final Facts facts;
    private final Instant asOf;

    RetentionControls(Policy policy, Facts facts, Instant now) {
        this.policy = policy;
        this.facts = facts;
        this.asOf = now.minus(GRACE);
    }

    List<Control> evaluate() {
        List<Control> controls = new ArrayList<>();
        for (Policy.Destination destination : policy.destinations()) {
            String problem = facts.unreachable().get(destination.name());
            controls.add(reachable(destination, Optional.ofNullable(problem)));
            if (problem == null) {
                controls.add(retention(destination));
            }
        }
        return controls;
    }

    private Control reachable(Policy.Destination destination, Optional<String> problem) {
        return new Control(
                Kind.REACHABLE,
                Optional.of(destination.name()),
                "answers",
                problem.isEmpty() ? "answers" : "does not answer",
                problem.isEmpty() ? Verdict.MET : Verdict.MISSED,
                problem.orElse(""),
                Optional.empty());
    }

    private Control retention(Policy.Destination destination) {
        int surplus = 0;
        int missing = 0;
        for (Policy.Source source : policy.sources()) {
            List<Facts.SnapshotFact> settled = facts.of(source.name()).snapshots().stream()
                    .filter(snapshot -> !snapshot.time().isAfter(asOf))
                    .toList();
            Set<SnapshotId> kept = kept(destination.retention(), settled);
            for (Facts.SnapshotFact snapshot : settled) {
                boolean isHere = snapshot.present().contains(destination.name());
                boolean isMeant =
                        kept.contains(snapshot.id()) || snapshot.keep() == Facts.Keep.HELD || stays(source, snapshot);
                if (isHere && !isMeant) {
                    surplus++;
                } else if (!isHere && isMeant && !snapshot.forgotten().contains(destination.name())) {
                    missing++;
                }
            }
        }
        return verdict(destination, surplus, missing);
    }

    /** The last complete one is never forgotten, and the newest full one not where the policy needs it. */
    private boolean stays(Policy.Source source, Facts.SnapshotFact snapshot) {
        return isNewest(source, snapshot, one -> !one.complete().isEmpty())
                || policy.backups().keepsNewestFull()
                        && isNewest(source, snapshot, one -> one.kind() == SnapshotKind.FULL);
    }

    private boolean isNewest(
            Policy.Source source, Facts.SnapshotFact snapshot, Predicate<Facts.SnapshotFact> condition) {
        return facts.of(source.name()).snapshots().stream()
                .filter(condition)
                .reduce((before, after) -> after)
                .filter(last -> last.id().equals(snapshot.id()))
                .isPresent();
    }

    private Set<SnapshotId> kept(RetentionRules rules, List<Facts.SnapshotFact> snapshots) {
        Set<SnapshotId> kept = new HashSet<>();
        List<RetentionRules.Candidate> candidates = snapshots.stream()
                .map(snapshot -> new RetentionRules.Candidate(snapshot.id(), snapshot.time()))
                .toList();
        if (rules.isEmpty()) {
            candidates.forEach(candidate -> kept.add(candidate.id()));
            return kept;
        }
        rules.judge(candidates, policy.backups().zone()).stream()
                .filter(RetentionRules.Verdict::isKept)
                .forEach(verdict -> kept.add(verdict.candidate().id()));
        return kept;
    }

    private static Control verdict(Policy.Destination destination, int surplus, int missing) {
        List<String> actual = new ArrayList<>();
        List<String> advice = new ArrayList<>();
        if (surplus > 0) {
            actual.add(Counted.of(surplus, "snapshot") + " too many");
            advice.add("Run forget -f POLICY.yaml.");
        }
        if (missing > 0) {
            actual.add(Counted.of(missing, "snapshot") + " missing");
            advice.add("Bring the destination up to date with replicate.");
        }
        return new Control(
                Kind.RETENTION,
                Optional.of(destination.name()),
                RetentionText.of(destination.retention()),
                actual.isEmpty() ? "followed" : String.join(", ", actual),
                actual.isEmpty() ? Verdict.MET : Verdict.MISSED,
                String.join(" ", advice),
                Optional.of(new Measure(surplus + (long) missing, 0, Unit.COUNT)));
    }
}
