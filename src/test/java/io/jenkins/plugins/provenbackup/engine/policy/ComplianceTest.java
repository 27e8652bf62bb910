package io.jenkins.plugins.provenbackup.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.policy.Control.Kind;
import io.jenkins.plugins.provenbackup.engine.policy.Control.Verdict;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Policies against facts, as tables. A snapshot is written as its age in hours, where it is complete, and what is special
 * about it: {@code 5:nv} is five hours old and complete at nas and vault; {@code 5:n/nv} is present at both but complete at
 * nas only; {@code *} makes it a full one, {@code !} a held one, {@code ~v} says that vault has a record of its removal.
 */
class ComplianceTest {

    private static final Instant NOW = Instant.parse("2026-06-30T12:00:00Z");
    private static final Map<Character, String> PLACES = Map.of('n', "nas", 'v', "vault", 't', "tape");

    @ParameterizedTest(name = "{0} with {1} silent: {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            5:nv             | -  | MET     | 5 h old
            30:nv 5:n        | -  | MISSED  | 30 h old; a newer one is complete at only 1 of 2
            30:nv 5:n/nv     | -  | MISSED  | 30 h old; a newer one is complete at only 1 of 2
            30:nv            | -  | MISSED  | 30 h old
            24:nv            | -  | MET     | 24 h old
            30:n 5:n         | v  | UNKNOWN | 5 h old at 1 of 2, while 1 destination did not answer
            30:nv 5:n        | v  | UNKNOWN | 30 h old; 5 h old at 1 of 2, while 1 destination did not answer
            30:n             | v  | MISSED  | no snapshot at 2 destinations
            5:n              | -  | MISSED  | no snapshot at 2 destinations; a newer one is complete at only 1 of 2
            -                | -  | MISSED  | no snapshot
            -1:nv            | -  | MET     | 0 s old
            """)
    void recoveryPointObjective(String snapshots, String silent, Verdict verdict, String actual) {
        Control control = control(Kind.RPO, snapshots, silent, "");

        assertThat(control.actual()).isEqualTo(actual);
        assertThat(control.verdict()).isEqualTo(verdict);
        assertThat(control.advice().isEmpty()).isEqualTo(verdict == Verdict.MET);
    }

    /** One copy is enough, so a snapshot may be where nobody can look, and nowhere else. */
    @ParameterizedTest(name = "{0} with {1} silent: {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            5:n   | v | MET     | 5 h old
            30:n  | v | UNKNOWN | 30 h old, while 1 destination did not answer
            30:n  | - | MISSED  | 30 h old
            -     | v | UNKNOWN | no snapshot, while 1 destination did not answer
            -     | - | MISSED  | no snapshot
            5:/n  | v | UNKNOWN | 5 h old at 0 of 1, while 1 destination did not answer
            """)
    void recoveryPointObjectiveWhereOneCopyIsEnough(String snapshots, String silent, Verdict verdict, String actual) {
        Control control = of(
                Compliance.evaluate(
                        policy("3-2-1", 1), facts(snapshots == null ? "" : snapshots, silent, "", List.of()), NOW),
                Kind.RPO);

        assertThat(control.actual()).isEqualTo(actual);
        assertThat(control.verdict()).isEqualTo(verdict);
        assertThat(control.advice().isEmpty()).isEqualTo(verdict == Verdict.MET);
    }

    @ParameterizedTest(
            name = "nothing at nas while vault is silent, {0} copies make a recovery point, {1}: {2}, {3}, {4}")
    @CsvSource(delimiter = '|', textBlock = """
            1 | 2-2-1 | UNKNOWN | UNKNOWN | UNKNOWN
            1 | 3-2-1 | MISSED  | UNKNOWN | UNKNOWN
            1 | 3-3-2 | MISSED  | MISSED  | MISSED
            2 | 2-2-1 | MISSED  | MISSED  | MISSED
            """)
    void copiesThatOnlyASilentDestinationCouldHave(
            int minCopies, String rule, Verdict copies, Verdict media, Verdict offsite) {
        Compliance compliance = Compliance.evaluate(policy(rule, minCopies), facts("", "v", "", List.of()), NOW);

        assertThat(of(compliance, Kind.COPIES).verdict()).isEqualTo(copies);
        assertThat(of(compliance, Kind.MEDIA).verdict()).isEqualTo(media);
        assertThat(of(compliance, Kind.OFFSITE).verdict()).isEqualTo(offsite);
    }

    @ParameterizedTest(name = "{0} with {1} silent: {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -       | - | MISSED  | never tested
            -       | v | UNKNOWN | never tested, while 1 destination did not answer
            40:20:0 | - | MISSED  | passed 40 d ago
            40:20:0 | v | UNKNOWN | passed 40 d ago, while 1 destination did not answer
            3:20:0  | v | MET     | passed 3 d ago
            3:20:2  | v | MISSED  | failed 3 d ago: it broke
            """)
    void aRecoveryTestMayBeKeptWhereNobodyCanLook(String tests, String silent, Verdict verdict, String actual) {
        Control control = control(Kind.RECOVERY_TEST, "5:nv", silent, tests == null ? "" : tests);

        assertThat(control.actual()).isEqualTo(actual);
        assertThat(control.verdict()).isEqualTo(verdict);
    }

    @Test
    void whatIsNotFoundIsGoneOnlyWhenNoDestinationIsAway() {
        Policy policy = policy("3-2-1");
        List<SnapshotId> gone = List.of(id(77), id(78));

        Control whole = of(Compliance.evaluate(policy, facts("5:n", null, "", gone), NOW), Kind.REMOVED);
        Control partial = of(Compliance.evaluate(policy, facts("5:n", "v", "", gone), NOW), Kind.REMOVED);
        Control nothing = of(Compliance.evaluate(policy, facts("5:n", "v", "", List.of()), NOW), Kind.REMOVED);

        assertThat(whole.verdict()).isEqualTo(Verdict.MISSED);
        assertThat(whole.actual()).isEqualTo("2 snapshots gone without a record");
        assertThat(partial.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(partial.actual()).isEqualTo("2 snapshots not found, while 1 destination did not answer");
        assertThat(nothing.verdict()).isEqualTo(Verdict.MET);
    }

    /** Tests as days ago, minutes taken, errors. */
    @ParameterizedTest(name = "{0}: {1}, {3}, {5}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -             | UNKNOWN | never measured                     | MISSED | never tested             | UNKNOWN
            3:20:0        | MET     | 20 min, measured 3 d ago           | MET    | passed 3 d ago           | MET
            3:40:0        | MISSED  | 40 min, measured 3 d ago           | MET    | passed 3 d ago           | MET
            40:20:0       | UNKNOWN | 20 min, measured 40 d ago          | MISSED | passed 40 d ago          | MET
            9:20:0 1:2:3  | MET     | 20 min, measured 9 d ago           | MISSED | failed 24 h ago: it broke | MISSED
            9:2:3 1:20:0  | MET     | 20 min, measured 24 h ago          | MET    | passed 24 h ago          | MET
            1:2:1         | UNKNOWN | never measured                     | MISSED | failed 24 h ago: it broke | MISSED
            """)
    void recoveryTests(String tests, Verdict rto, String measured, Verdict test, String result, Verdict errors) {
        Compliance compliance = evaluate("5:nv", null, tests == null ? "" : tests, "3-2-1-1-0");

        assertThat(of(compliance, Kind.RTO).actual()).isEqualTo(measured);
        assertThat(of(compliance, Kind.RTO).verdict()).isEqualTo(rto);
        assertThat(of(compliance, Kind.RECOVERY_TEST).actual()).isEqualTo(result);
        assertThat(of(compliance, Kind.RECOVERY_TEST).verdict()).isEqualTo(test);
        assertThat(of(compliance, Kind.ERRORS).verdict()).isEqualTo(errors);
    }

    /** nas is disk and onsite, vault is cloud, offsite and immutable; the original is on disk; two copies must be there. */
    @ParameterizedTest(name = "{0} with {1} silent under {2}: copies {3}, media {4}, offsite {5}, immutable {6}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            5:nv       | - | 3-2-1-1-0 | MET     | MET     | MET     | MET
            5:nv       | - | 3-3-1-1-0 | MET     | MISSED  | MET     | MET
            5:nv       | - | 4-2-2-2-0 | MISSED  | MET     | MISSED  | MISSED
            9:nv 5:n   | - | 3-2-1-1-0 | MET     | MET     | MET     | MET
            5:n        | - | 3-2-1-1-0 | MISSED  | MISSED  | MISSED  | MISSED
            5:n        | v | 3-2-1-1-0 | UNKNOWN | UNKNOWN | UNKNOWN | UNKNOWN
            5:v        | n | 3-2-1-1-0 | UNKNOWN | MET     | MET     | MET
            5:n        | v | 4-3-1-1-0 | MISSED  | MISSED  | UNKNOWN | UNKNOWN
            -          | - | 3-2-1-1-0 | MISSED  | MISSED  | MISSED  | MISSED
            -          | v | 3-2-1-1-0 | MISSED  | MISSED  | MISSED  | MISSED
            """)
    void copies(
            String snapshots,
            String silent,
            String rule,
            Verdict copies,
            Verdict media,
            Verdict offsite,
            Verdict immutable) {
        Compliance compliance = evaluate(snapshots, silent, "", rule);

        assertThat(of(compliance, Kind.COPIES).verdict()).isEqualTo(copies);
        assertThat(of(compliance, Kind.MEDIA).verdict()).isEqualTo(media);
        assertThat(of(compliance, Kind.OFFSITE).verdict()).isEqualTo(offsite);
        assertThat(of(compliance, Kind.IMMUTABLE).verdict()).isEqualTo(immutable);
    }

    @Test
    void theClassicRuleAsksForNeitherImmutabilityNorProof() {
        assertThat(evaluate("5:nv", null, "", "3-2-1").controls())
                .extracting(Control::kind)
                .contains(Kind.COPIES, Kind.MEDIA, Kind.OFFSITE)
                .doesNotContain(Kind.IMMUTABLE, Kind.ERRORS);
    }

    /** nas keeps 2 daily, vault keeps 4 daily. */
    @ParameterizedTest(name = "{0}: nas {1}, vault {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            73:nv 49:nv 25:nv 1:nv           | 1 snapshot too many             | followed
            73:v 49:nv 25:nv 1:nv            | followed                        | followed
            73:v 49:nv 25:nv 1:n             | followed                        | followed
            49:n 25:nv 1:nv                  | followed                        | 1 snapshot missing
            49:n~v 25:nv 1:nv                | followed                        | followed
            49:nv 25:v 1:nv                  | 1 snapshot missing              | followed
            97:n! 73:v 49:nv 25:nv           | followed                        | 1 snapshot missing
            97:nv* 73:v 49:nv 25:nv          | followed                        | followed
            97:n 73:nv 49:nv 25:v            | 2 snapshots too many, 1 snapshot missing | 1 snapshot missing
            1:n                              | followed                        | followed
            -                                | followed                        | followed
            """)
    void retention(String snapshots, String nas, String vault) {
        Compliance compliance = evaluate(snapshots, null, "", "3-2-1");

        assertThat(of(compliance, Kind.RETENTION, "nas").actual()).isEqualTo(nas);
        assertThat(of(compliance, Kind.RETENTION, "vault").actual()).isEqualTo(vault);
        assertThat(of(compliance, Kind.RETENTION, "nas").verdict())
                .isEqualTo(nas.equals("followed") ? Verdict.MET : Verdict.MISSED);
    }

    @Test
    void aDestinationThatDoesNotAnswerIsNotJudgedByWhatItHolds() {
        Compliance compliance = evaluate("49:nv 25:nv 1:nv", "v", "", "3-2-1");

        assertThat(of(compliance, Kind.REACHABLE, "vault").verdict()).isEqualTo(Verdict.MISSED);
        assertThat(of(compliance, Kind.REACHABLE, "vault").advice()).isEqualTo("no route");
        assertThat(compliance.controls())
                .filteredOn(control -> control.kind() == Kind.RETENTION)
                .extracting(control -> control.subject().orElseThrow())
                .containsExactly("nas");
    }

    @ParameterizedTest(name = "{0} with {1} silent: {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            200:nv* 5:nv   | - | MET     | 8 d 8 h old
            900:nv* 5:nv   | - | MISSED  | 37 d 12 h old
            900:nv* 5:/n*  | - | MISSED  | 37 d 12 h old
            5:nv           | - | MISSED  | none
            900:nv* 5:n    | v | UNKNOWN | 37 d 12 h old, while 1 destination did not answer
            """)
    void fullBackups(String snapshots, String silent, Verdict verdict, String actual) {
        Control control = control(Kind.FULL_EVERY, snapshots, silent, "");

        assertThat(control.actual()).isEqualTo(actual);
        assertThat(control.verdict()).isEqualTo(verdict);
    }

    @Test
    void sourcesThatNoPolicyCoversAreDrift() {
        Facts facts = facts("5:nv", null, "");
        Map<String, Facts.SourceFacts> sources = new HashMap<>(facts.sources());
        sources.put("stray", facts.of("shop"));
        sources.put("other", facts.of("shop"));
        Facts more = new Facts(Map.of(), sources, Set.of("other"), Facts.View.ALL_SOURCES);

        Control drift = of(Compliance.evaluate(policy("3-2-1"), more, NOW), Kind.DRIFT);

        assertThat(drift.verdict()).isEqualTo(Verdict.MISSED);
        assertThat(drift.actual()).isEqualTo("'stray' is in no policy");
    }

    @Test
    void aSourceThatWasNeverBackedUpIsDriftUnlessSomethingHidesIt() {
        Facts nothing = new Facts(Map.of(), Map.of(), Set.of(), Facts.View.ALL_SOURCES);
        Facts narrow = new Facts(Map.of(), Map.of(), Set.of(), Facts.View.SOME_SOURCES);
        Facts silent = new Facts(Map.of("vault", "no route"), Map.of(), Set.of(), Facts.View.ALL_SOURCES);

        assertThat(of(Compliance.evaluate(policy("3-2-1"), nothing, NOW), Kind.DRIFT)
                        .actual())
                .isEqualTo("'shop' was never backed up");
        Control unsure = of(Compliance.evaluate(policy("3-2-1"), silent, NOW), Kind.DRIFT);
        assertThat(unsure.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(unsure.actual()).isEqualTo("no snapshot of 'shop' at the destinations that answered");
        assertThat(of(Compliance.evaluate(policy("3-2-1"), narrow, NOW), Kind.DRIFT)
                        .verdict())
                .isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void otherPathsThanThePolicySaysAreDrift() {
        Facts facts = facts("5:nv", null, "");
        Facts.SnapshotFact taken = facts.of("shop").snapshots().get(0);
        Facts.SnapshotFact elsewhere = new Facts.SnapshotFact(
                taken.id(),
                taken.time(),
                taken.kind(),
                List.of("/srv/old"),
                3,
                taken.present(),
                taken.complete(),
                Set.of(),
                Facts.Keep.BY_RULES);
        Facts other = new Facts(
                Map.of(),
                Map.of("shop", new Facts.SourceFacts(List.of(elsewhere), List.of(), List.of(taken.id()))),
                Set.of(),
                Facts.View.ALL_SOURCES);

        Compliance compliance = Compliance.evaluate(policy("3-2-1"), other, NOW);

        assertThat(of(compliance, Kind.DRIFT).actual()).isEqualTo("'shop' was last taken of other paths");
        assertThat(of(compliance, Kind.UNREADABLE).actual()).isEqualTo("3 files could not be read");
        assertThat(of(compliance, Kind.REMOVED).verdict()).isEqualTo(Verdict.MISSED);
    }

    @Test
    void oneMissedPromiseIsAMissedPolicyAndAnUnknownOneAnUnknownPolicy() {
        assertThat(evaluate("25:nv* 5:nv", null, "3:20:0", "3-2-1-1-0").verdict())
                .isEqualTo(Verdict.MET);
        assertThat(evaluate("30:nv", null, "3:20:0", "3-2-1-1-0").verdict()).isEqualTo(Verdict.MISSED);
        assertThat(Compliance.evaluate(
                                policy("3-2-1"),
                                new Facts(
                                        Map.of(),
                                        facts("25:nv* 5:nv", null, "3:20:0").sources(),
                                        Set.of(),
                                        Facts.View.SOME_SOURCES),
                                NOW)
                        .verdict())
                .isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void onlyWhatWasPromisedIsJudged() {
        Policy modest = new Policy(
                "modest",
                policy("3-2-1").sources(),
                policy("3-2-1").destinations(),
                1,
                new Policy.Backups(SnapshotKind.INCREMENTAL, Optional.empty(), Optional.empty(), ZoneOffset.UTC),
                Policy.Objectives.NONE,
                List.of(),
                "");

        assertThat(Compliance.evaluate(modest, facts("5:nv", null, ""), NOW).controls())
                .extracting(Control::kind)
                .containsOnly(Kind.UNREADABLE, Kind.REMOVED, Kind.REACHABLE, Kind.RETENTION, Kind.DRIFT);
    }

    private static Control control(Kind kind, String snapshots, String silent, String tests) {
        return of(evaluate(snapshots, silent, tests, "3-2-1"), kind);
    }

    private static Compliance evaluate(String snapshots, String silent, String tests, String rule) {
        return Compliance.evaluate(policy(rule), facts(snapshots, silent, tests), NOW);
    }

    private static Control of(Compliance compliance, Kind kind) {
        return compliance.controls().stream()
                .filter(control -> control.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private static Control of(Compliance compliance, Kind kind, String subject) {
        return compliance.controls().stream()
                .filter(control -> control.kind() == kind && control.subject().equals(Optional.of(subject)))
                .findFirst()
                .orElseThrow();
    }

    private static Policy policy(String rule) {
        return policy(rule, 2);
    }

    private static Policy policy(String rule, int minCopies) {
        return new Policy(
                "shop",
                List.of(new Policy.Source(
                        "shop", Policy.SourceKind.FILES, List.of("/srv/shop/"), List.of(), "", List.of(), "disk")),
                List.of(
                        destination("nas", "disk", Policy.Site.ONSITE, Policy.Mutability.MUTABLE, 2),
                        destination("vault", "cloud", Policy.Site.OFFSITE, Policy.Mutability.IMMUTABLE, 4)),
                minCopies,
                new Policy.Backups(
                        SnapshotKind.INCREMENTAL, Optional.of(Duration.ofDays(30)), Optional.empty(), ZoneOffset.UTC),
                new Policy.Objectives(
                        Optional.of(Duration.ofHours(24)),
                        Optional.of(Duration.ofMinutes(30)),
                        Optional.of(Duration.ofDays(30)),
                        Optional.of(CopyRule.parse(rule))),
                List.of(),
                "");
    }

    private static Policy.Destination destination(
            String name, String medium, Policy.Site site, Policy.Mutability mutability, int daily) {
        return new Policy.Destination(
                name,
                StorageLocation.of(Path.of("/" + name)),
                medium,
                site,
                mutability,
                new RetentionRules(0, 0, daily, 0, 0, 0, Optional.empty()));
    }

    private static Facts facts(String snapshots, String silent, String tests) {
        return facts(snapshots == null ? "" : snapshots, silent, tests, List.of());
    }

    private static Facts facts(String snapshots, String silent, String tests, List<SnapshotId> removed) {
        List<Facts.SnapshotFact> taken = new ArrayList<>();
        for (String text : snapshots.isEmpty() ? new String[0] : snapshots.split(" ", -1)) {
            taken.add(snapshot(text));
        }
        List<Facts.TestFact> tested = new ArrayList<>();
        for (String text : tests.isEmpty() ? new String[0] : tests.split(" ", -1)) {
            int[] parts = Arrays.stream(text.split(":", -1))
                    .mapToInt(Integer::parseInt)
                    .toArray();
            tested.add(new Facts.TestFact(
                    id(1),
                    NOW.minus(Duration.ofDays(parts[0])),
                    Duration.ofMinutes(parts[1]),
                    parts[2],
                    parts[2] == 0 ? Optional.empty() : Optional.of("it broke")));
        }
        return new Facts(
                silent == null ? Map.of() : Map.of(PLACES.get(silent.charAt(0)), "no route"),
                Map.of("shop", new Facts.SourceFacts(taken, tested, removed)),
                Set.of(),
                Facts.View.ALL_SOURCES);
    }

    private static Facts.SnapshotFact snapshot(String text) {
        int age = Integer.parseInt(text.substring(0, text.indexOf(':')));
        String rest = text.substring(text.indexOf(':') + 1);
        String[] gone = rest.replaceAll("[*!]", "").split("~", -1);
        String[] there = gone[0].split("/", -1);
        Set<String> complete = places(there[0]);
        Set<String> present = new TreeSet<>(complete);
        present.addAll(there.length > 1 ? places(there[1]) : Set.of());
        return new Facts.SnapshotFact(
                id(age),
                NOW.minus(Duration.ofHours(age)),
                rest.contains("*") ? SnapshotKind.FULL : SnapshotKind.INCREMENTAL,
                List.of("/srv/shop"),
                0,
                present,
                complete,
                gone.length > 1 ? places(gone[1]) : Set.of(),
                rest.contains("!") ? Facts.Keep.HELD : Facts.Keep.BY_RULES);
    }

    private static Set<String> places(String letters) {
        Set<String> places = new TreeSet<>();
        letters.chars().forEach(letter -> places.add(PLACES.get((char) letter)));
        return places;
    }

    private static SnapshotId id(int number) {
        return new SnapshotId(String.format("%064x", number + 1000));
    }
}
