package io.jenkins.plugins.provenbackup.engine.policy;

import io.jenkins.plugins.provenbackup.engine.policy.Control.Kind;
import io.jenkins.plugins.provenbackup.engine.policy.Control.Measure;
import io.jenkins.plugins.provenbackup.engine.policy.Control.Unit;
import io.jenkins.plugins.provenbackup.engine.policy.Control.Verdict;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Judges what is promised for each source by itself. */
final class SourceControls {

    private static final String BACK_UP = "Run a backup now, and look why the scheduled one did not.";
    private static final String TEST = "Run a recovery test: proven-backup test -f POLICY.yaml --scratch DIR.";
    private static final String REACH = "Make the destination reachable, then check again.";

    private final Policy policy;
    private final Facts facts;
    private final Facts.SourceFacts known;
    private final Instant now;
    private final RecoveryPoint point;
    private final Policy.Source source;

    SourceControls(Policy policy, Facts facts, Policy.Source source, Instant now) {
        this.policy = policy;
        this.facts = facts;
        this.source = source;
        this.known = facts.of(source.name());
        this.now = now;
        this.point = RecoveryPoint.of(policy, facts, source.name());
    }

    /** How old, how fast, how sure. */
    List<Control> recovery() {
        List<Control> controls = new ArrayList<>();
        policy.objectives().rpo().ifPresent(limit -> controls.add(rpo(limit)));
        policy.objectives().rto().ifPresent(limit -> controls.add(rto(limit)));
        policy.objectives().recoveryTest().ifPresent(limit -> controls.add(recoveryTest(limit)));
        policy.backups().fullEvery().ifPresent(limit -> controls.add(fullEvery(limit)));
        point.best().ifPresent(best -> controls.add(unreadable(best)));
        if (!known.snapshots().isEmpty()) {
            controls.add(removed());
        }
        return controls;
    }

    private Control rpo(Duration limit) {
        String objective = "at most " + Elapsed.text(limit) + " old";
        Optional<Duration> age = point.proven().map(snapshot -> age(snapshot.time()));
        if (age.isPresent() && age.get().compareTo(limit) <= 0) {
            return control(Kind.RPO, objective, old(age.get()), Verdict.MET, "", seconds(age.get(), limit));
        }
        Optional<Facts.SnapshotFact> hope =
                point.hoped().filter(snapshot -> age(snapshot.time()).compareTo(limit) <= 0);
        String actual = age.map(SourceControls::old)
                .orElse(known.snapshots().isEmpty() ? "no snapshot" : "no snapshot at " + enough());
        Optional<Measure> measure = age.flatMap(value -> seconds(value, limit));
        if (hope.isPresent()) {
            String known =
                    old(age(hope.get().time())) + " at " + hope.get().complete().size() + " of " + policy.minCopies();
            String before = age.map(value -> old(value) + "; ").orElse("");
            return control(Kind.RPO, objective, before + known + whileSilent(), Verdict.UNKNOWN, REACH, measure);
        }
        if (mayHaveItsOwn()) {
            return control(Kind.RPO, objective, actual + whileSilent(), Verdict.UNKNOWN, REACH, measure);
        }
        boolean isLagging = !known.snapshots().isEmpty() && age(newest().time()).compareTo(limit) <= 0;
        return control(
                Kind.RPO,
                objective,
                isLagging
                        ? actual + "; a newer one is complete at only "
                                + newest().complete().size() + " of " + policy.minCopies()
                        : actual,
                Verdict.MISSED,
                isLagging ? "Bring the lagging destinations up to date with replicate, or run a backup." : BACK_UP,
                measure);
    }

    private Control rto(Duration limit) {
        String objective = "at most " + Elapsed.text(limit);
        Optional<Facts.TestFact> passed = newestTest(Facts.TestFact::isPassed);
        if (passed.isEmpty()) {
            return control(Kind.RTO, objective, "never measured", Verdict.UNKNOWN, TEST, Optional.empty());
        }
        Duration measured = passed.get().duration();
        Duration age = age(passed.get().time());
        String actual = Elapsed.text(measured) + ", measured " + Elapsed.text(age) + " ago";
        Optional<Measure> measure = seconds(measured, limit);
        if (measured.compareTo(limit) > 0) {
            return control(
                    Kind.RTO,
                    objective,
                    actual,
                    Verdict.MISSED,
                    "Restore from a nearer or faster destination, or back up less in one source; then test again.",
                    measure);
        }
        boolean isStale = policy.objectives()
                .recoveryTest()
                .filter(interval -> age.compareTo(interval) > 0)
                .isPresent();
        return control(
                Kind.RTO, objective, actual, isStale ? Verdict.UNKNOWN : Verdict.MET, isStale ? TEST : "", measure);
    }

    private Control recoveryTest(Duration limit) {
        String objective = "passed within " + Elapsed.text(limit);
        Optional<Facts.TestFact> last = newestTest(test -> true);
        if (last.isEmpty()) {
            return notTested(objective, "never tested", Optional.empty());
        }
        Duration age = age(last.get().time());
        String when = Elapsed.text(age) + " ago";
        Optional<Measure> measure = seconds(age, limit);
        if (!last.get().isPassed()) {
            return control(
                    Kind.RECOVERY_TEST,
                    objective,
                    "failed " + when
                            + last.get().problem().map(text -> ": " + text).orElse(""),
                    Verdict.MISSED,
                    "Run verify --repair with all destinations, make a backup, then test again.",
                    measure);
        }
        return age.compareTo(limit) <= 0
                ? control(Kind.RECOVERY_TEST, objective, "passed " + when, Verdict.MET, "", measure)
                : notTested(objective, "passed " + when, measure);
    }

    /** No test that is new enough is known; a destination that does not answer may have the record of one. */
    private Control notTested(String objective, String actual, Optional<Measure> measure) {
        return facts.unreachable().isEmpty()
                ? control(Kind.RECOVERY_TEST, objective, actual, Verdict.MISSED, TEST, measure)
                : control(Kind.RECOVERY_TEST, objective, actual + whileSilent(), Verdict.UNKNOWN, TEST, measure);
    }

    private Control fullEvery(Duration limit) {
        String objective = "a full one every " + Elapsed.text(limit);
        Optional<Duration> age = known.snapshots().stream()
                .filter(snapshot -> snapshot.kind() == SnapshotKind.FULL
                        && !snapshot.complete().isEmpty())
                .map(snapshot -> age(snapshot.time()))
                .min(Duration::compareTo);
        String actual = age.map(SourceControls::old).orElse("none");
        if (age.isPresent() && age.get().compareTo(limit) <= 0) {
            return control(Kind.FULL_EVERY, objective, actual, Verdict.MET, "", seconds(age.get(), limit));
        }
        Optional<Measure> measure = age.flatMap(value -> seconds(value, limit));
        return facts.unreachable().isEmpty()
                ? control(Kind.FULL_EVERY, objective, actual, Verdict.MISSED, "Run backup --type full.", measure)
                : control(Kind.FULL_EVERY, objective, actual + whileSilent(), Verdict.UNKNOWN, REACH, measure);
    }

    private Control unreadable(Facts.SnapshotFact best) {
        long files = best.unreadable();
        return control(
                Kind.UNREADABLE,
                "everything readable",
                files == 0 ? "everything was read" : Counted.of(files, "file") + " could not be read",
                files == 0 ? Verdict.MET : Verdict.MISSED,
                files == 0 ? "" : "Give the user who backs up the right to read them, or exclude them.",
                Optional.of(new Measure(files, 0, Unit.COUNT)));
    }

    private Control removed() {
        int gone = known.removed().size();
        if (gone > 0 && !facts.unreachable().isEmpty()) {
            // What is not there may only be where nobody can look, or the record that it was forgotten.
            return control(
                    Kind.REMOVED,
                    "only by forget",
                    Counted.of(gone, "snapshot") + " not found" + whileSilent(),
                    Verdict.UNKNOWN,
                    REACH,
                    Optional.of(new Measure(gone, 0, Unit.COUNT)));
        }
        return control(
                Kind.REMOVED,
                "only by forget",
                gone == 0 ? "nothing else is gone" : Counted.of(gone, "snapshot") + " gone without a record",
                gone == 0 ? Verdict.MET : Verdict.MISSED,
                gone == 0 ? "" : "Ask who has access to the storage; 'recover' may bring back what was removed.",
                Optional.of(new Measure(gone, 0, Unit.COUNT)));
    }

    /** Where the newest recovery point lies. */
    List<Control> copies() {
        if (policy.objectives().copies().isEmpty()) {
            return List.of();
        }
        CopyRule rule = policy.objectives().copies().get();
        List<Control> controls = new ArrayList<>();
        controls.add(count(
                Kind.COPIES,
                rule.copies(),
                1 + holding(one -> true),
                silent(one -> true),
                " (the original is one)",
                "Add a destination to the policy, or catch up the lagging one with replicate."));
        controls.add(media(rule));
        controls.add(count(
                Kind.OFFSITE,
                rule.offsite(),
                holding(one -> one.site() == Policy.Site.OFFSITE),
                silent(one -> one.site() == Policy.Site.OFFSITE),
                "",
                "Add a destination that does not burn with the original, and say offsite: true there."));
        if (rule.extension().proof() == CopyRule.Proof.ZERO_ERRORS) {
            controls.add(
                    count(
                            Kind.IMMUTABLE,
                            rule.extension().immutable(),
                            holding(one -> one.mutability() == Policy.Mutability.IMMUTABLE),
                            silent(one -> one.mutability() == Policy.Mutability.IMMUTABLE),
                            "",
                            "Add a destination with object lock, or a medium that is taken offline, and say immutable: true there."));
            controls.add(errors());
        }
        return controls;
    }

    private Control media(CopyRule rule) {
        Set<String> media = new HashSet<>();
        media.add(source.medium());
        Set<String> perhaps = new HashSet<>(media);
        for (Policy.Destination destination : policy.destinations()) {
            if (holds(destination)) {
                media.add(destination.medium());
            }
            if (holds(destination) || facts.unreachable().containsKey(destination.name())) {
                perhaps.add(destination.medium());
            }
        }
        return count(
                Kind.MEDIA,
                rule.media(),
                media.size(),
                perhaps.size() - media.size(),
                " (" + String.join(", ", media.stream().sorted().toList()) + ")",
                "Add a destination on another medium.");
    }

    private Control errors() {
        String objective = "0 in the last recovery test";
        return newestTest(test -> true)
                .map(test -> control(
                        Kind.ERRORS,
                        objective,
                        String.valueOf(test.errors()),
                        test.isPassed() ? Verdict.MET : Verdict.MISSED,
                        test.isPassed() ? "" : "Run verify --repair with all destinations, then test again.",
                        Optional.of(new Measure(test.errors(), 0, Unit.COUNT))))
                .orElseGet(
                        () -> control(Kind.ERRORS, objective, "never tested", Verdict.UNKNOWN, TEST, Optional.empty()));
    }

    private Control count(Kind kind, int asked, int found, int silent, String remark, String advice) {
        String objective = "at least " + asked;
        Optional<Measure> measure = Optional.of(new Measure(found, asked, Unit.COUNT));
        if (found >= asked) {
            return control(kind, objective, found + remark, Verdict.MET, "", measure);
        }
        boolean isPossible = found + silent >= asked && (point.best().isPresent() || mayHaveItsOwn());
        return isPossible
                ? control(
                        kind,
                        objective,
                        found + remark + ", and " + silent + " unknown",
                        Verdict.UNKNOWN,
                        REACH,
                        measure)
                : control(kind, objective, found + remark, Verdict.MISSED, advice, measure);
    }

    private int holding(Predicate<Policy.Destination> condition) {
        return (int) policy.destinations().stream()
                .filter(condition)
                .filter(this::holds)
                .count();
    }

    private int silent(Predicate<Policy.Destination> condition) {
        return (int) policy.destinations().stream()
                .filter(condition)
                .filter(one -> facts.unreachable().containsKey(one.name()))
                .count();
    }

    /** Whether the destinations that did not answer are enough for a snapshot that no other one has. */
    private boolean mayHaveItsOwn() {
        return facts.unreachable().size() >= policy.minCopies();
    }

    private String whileSilent() {
        return ", while " + Counted.of(facts.unreachable().size(), "destination") + " did not answer";
    }

    private boolean holds(Policy.Destination destination) {
        return point.best()
                .filter(snapshot -> snapshot.complete().contains(destination.name()))
                .isPresent();
    }

    private Facts.SnapshotFact newest() {
        return known.snapshots().get(known.snapshots().size() - 1);
    }

    private Optional<Facts.TestFact> newestTest(Predicate<Facts.TestFact> condition) {
        return known.tests().stream().filter(condition).reduce((before, after) -> after);
    }

    /** In whole seconds; zero for what a clock that is ahead wrote. */
    private Duration age(Instant time) {
        return Duration.ofSeconds(Math.max(0, Duration.between(time, now).toSeconds()));
    }

    private String enough() {
        return Counted.of(policy.minCopies(), "destination");
    }

    private static String old(Duration age) {
        return Elapsed.text(age) + " old";
    }

    private static Optional<Measure> seconds(Duration value, Duration limit) {
        return Optional.of(new Measure(value.toSeconds(), limit.toSeconds(), Unit.SECONDS));
    }

    private Control control(
            Kind kind, String objective, String actual, Verdict verdict, String advice, Optional<Measure> measure) {
        return new Control(kind, Optional.of(source.name()), objective, actual, verdict, advice, measure);
    }
}
