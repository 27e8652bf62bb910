package io.jenkins.plugins.provenbackup.engine.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.Laboratory;
import io.jenkins.plugins.provenbackup.engine.ManualClock;
import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.backup.BackupRequest;
import io.jenkins.plugins.provenbackup.engine.compliance.Observe;
import io.jenkins.plugins.provenbackup.engine.compliance.PolicyDestinations;
import io.jenkins.plugins.provenbackup.engine.compliance.history.ControlKey;
import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation;
import io.jenkins.plugins.provenbackup.engine.compliance.history.PastAlert;
import io.jenkins.plugins.provenbackup.engine.compliance.history.Stretch;
import io.jenkins.plugins.provenbackup.engine.policy.Control;
import io.jenkins.plugins.provenbackup.engine.policy.CopyRule;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.engine.policy.RetentionRules;
import io.jenkins.plugins.provenbackup.engine.replicate.CatchUp;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.repository.TestRecord;
import io.jenkins.plugins.provenbackup.engine.repository.TestRecords;
import io.jenkins.plugins.provenbackup.engine.snapshots.Forget;
import io.jenkins.plugins.provenbackup.engine.snapshots.ForgetRequest;
import io.jenkins.plugins.provenbackup.engine.snapshots.ListSnapshots;
import io.jenkins.plugins.provenbackup.engine.snapshots.SnapshotList;
import io.jenkins.plugins.provenbackup.engine.source.FileTreeSource;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A policy through a month, with real backups to two destinations and a look every six hours. What is remembered is written and
 * read back between any two looks, as over a restart.
 */
class MonthTest {

    private static final Duration LOOK = Duration.ofHours(6);
    private static final int FILES = 40;

    @TempDir
    private Path temp;

    private final ManualClock clock = new ManualClock();
    private final Random random = new Random(30);
    private final List<String> events = new ArrayList<>();
    private Path tree;
    private Laboratory laboratory;
    private boolean vaultIsLost;
    private PolicyState state = PolicyState.none("month");

    @BeforeEach
    void aSourceAndTwoDestinations() throws Exception {
        tree = Files.createDirectory(temp.resolve("tree"));
        for (int i = 0; i < FILES; i++) {
            write(i, words(80_000));
        }
        laboratory = Laboratory.at(temp.resolve("nas"), temp.resolve("vault"));
        laboratory.clock(clock);
    }

    @AfterEach
    void close() {
        laboratory.close();
    }

    @Test
    void eachAlertIsRaisedOnceNamedRightAndClearedWhenItIsOver() throws Exception {
        backup(SnapshotKind.FULL);
        test(0);
        look();
        assertThat(events).isEmpty();
        days(4);
        assertThat(events).as("on time").isEmpty();

        day(false);
        day(false);
        assertThat(taken()).as("late").containsExactly("+ objective-missed rpo/laboratory");
        day(true);
        assertThat(taken()).as("and made good").containsExactly("- objective-missed rpo/laboratory");

        backup(SnapshotKind.INCREMENTAL);
        vaultIsLost = true;
        for (int i = 0; i < 3; i++) {
            clock.advance(LOOK);
            observe();
        }
        assertThat(taken()).as("a destination that is away for some hours").isEmpty();
        days(2);
        assertThat(taken()).as("and for days").containsExactly("+ destination-silent vault");
        assertThat(verdict(new ControlKey(Control.Kind.OFFSITE, "laboratory"))).isEqualTo(Control.Verdict.UNKNOWN);
        vaultIsLost = false;
        backup(SnapshotKind.INCREMENTAL);
        look();
        assertThat(taken())
                .as("it is back, and lacks what was made meanwhile")
                .containsExactly("+ objective-missed retention/vault", "- destination-silent vault");
        CatchUp.run(laboratory.replicas(), laboratory.key(), Duration.ofMinutes(1), ProgressListener.NONE);
        look();
        assertThat(taken()).as("caught up").containsExactly("- objective-missed retention/vault");

        test(2);
        days(1);
        assertThat(taken()).as("a failed test").containsExactly("+ recovery-test-failed laboratory");
        test(0);
        look();
        assertThat(taken()).as("and a good one").containsExactly("- recovery-test-failed laboratory");

        remove(laboratory.snapshots(0).get(3));
        days(1);
        assertThat(taken()).as("removed by hand").containsExactly("+ snapshot-removed nas");
        CatchUp.run(laboratory.replicas(), laboratory.key(), Duration.ofMinutes(1), ProgressListener.NONE);
        look();
        assertThat(taken()).as("and brought back").containsExactly("- snapshot-removed nas");

        Path archive = largestArchive();
        Path away = Files.move(archive, temp.resolve("away"));
        look();
        assertThat(taken())
                .as("an archive deleted")
                .contains("+ repository-shrank nas", "+ objective-missed drift/nas")
                .allMatch(event -> event.startsWith("+ ") && (event.contains("nas") || event.contains("laboratory")));
        Files.move(away, archive);
        look();
        assertThat(taken()).as("and repaired").contains("- repository-shrank nas", "- objective-missed drift/nas");
        assertThat(state.memory().open()).isEmpty();

        days(1);
        for (int i = 0; i < FILES; i++) {
            byte[] sealed = new byte[80_000];
            random.nextBytes(sealed);
            write(i, sealed);
        }
        days(1);
        assertThat(taken()).as("ransomware").containsExactly("+ suspicious-change laboratory");
        for (int i = 0; i < FILES; i++) {
            write(i, words(80_000));
        }
        backup(SnapshotKind.INCREMENTAL);
        look();
        assertThat(taken()).as("restored").containsExactly("- suspicious-change laboratory");

        forget(laboratory.snapshots(0).get(2).id());
        days(1);
        assertThat(taken()).as("forgotten on purpose").isEmpty();

        remove(laboratory.snapshots(0).get(4));
        removeAt("vault", laboratory.snapshots(1).get(4));
        look();
        assertThat(taken())
                .as("removed everywhere")
                .containsExactly("+ snapshot-removed nas", "+ snapshot-removed vault");
        accept("snapshot-removed nas");
        accept("snapshot-removed vault");
        assertThat(taken()).containsExactly("- snapshot-removed nas", "- snapshot-removed vault");
        look();
        // What it was followed by says so for ever; somebody has to take that, too.
        assertThat(taken()).containsExactly("+ snapshot-removed laboratory");
        accept("snapshot-removed laboratory");
        taken();
        days(2);
        assertThat(taken()).as("taken as it is").isEmpty();
        assertThat(state.memory().open()).isEmpty();
        theHistoryTellsTheSame();
    }

    private void theHistoryTellsTheSame() {
        assertThat(state.history().alerts()).extracting(PastAlert::end).allMatch(Optional::isPresent);
        assertThat(state.history().alerts())
                .extracting(PastAlert::key)
                .contains("objective-missed rpo/laboratory", "suspicious-change laboratory");
        List<Stretch> failures = state.history().verdicts().get(new ControlKey(Control.Kind.RPO, "laboratory")).stream()
                .filter(one -> one.verdict() == Control.Verdict.MISSED)
                .toList();
        assertThat(failures).isNotEmpty();
    }

    /** One day after another: a backup in the night, and a look every six hours. */
    private void days(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            day(true);
        }
    }

    private void day(boolean withBackup) throws Exception {
        for (int i = 0; i < 4; i++) {
            clock.advance(LOOK);
            if (i == 0 && withBackup) {
                write(random.nextInt(FILES), words(80_000));
                backup(SnapshotKind.INCREMENTAL);
            }
            observe();
        }
    }

    private void look() throws Exception {
        clock.advance(Duration.ofMinutes(5));
        observe();
    }

    private void observe() throws Exception {
        Map<String, Replica> reached = new LinkedHashMap<>();
        reached.put("nas", laboratory.replicas().get(0));
        Map<String, String> lost = new LinkedHashMap<>();
        if (vaultIsLost) {
            lost.put("vault", "no route to host");
        } else {
            reached.put("vault", laboratory.replicas().get(1));
        }
        Observation seen = Observe.run(
                policy(),
                new PolicyDestinations(reached, lost),
                laboratory.recovery(),
                source -> false,
                state.memory().seen(),
                clock.instant());
        note(state.after(seen));
    }

    private void accept(String key) throws IOException {
        note(state.accepted(key, clock.instant()));
    }

    private void note(PolicyState.Change change) throws IOException {
        change.step().raised().forEach(alert -> events.add("+ " + alert.key()));
        change.step().cleared().forEach(alert -> events.add("- " + alert.key()));
        state = PolicyState.parse(change.state().json());
        assertThat(state.json().equals(change.state().json())).isTrue();
    }

    private List<String> taken() {
        List<String> taken = List.copyOf(events);
        events.clear();
        return taken;
    }

    private Control.Verdict verdict(ControlKey key) {
        return state.last().orElseThrow().controls().stream()
                .filter(control -> ControlKey.of(control).equals(key))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    private void backup(SnapshotKind kind) throws Exception {
        BackupRequest request = laboratory.request(new FileTreeSource(List.of(tree), WalkOptions.ALL), kind, tree);
        laboratory.backup(new BackupRequest(
                request.source(),
                request.identity(),
                request.key(),
                request.kind(),
                request.tags(),
                request.ignored(),
                vaultIsLost ? laboratory.replicas().subList(0, 1) : laboratory.replicas(),
                Map.of(),
                1,
                request.mode()));
    }

    private void test(long errors) throws Exception {
        clock.advance(Duration.ofMinutes(1));
        List<Manifest> all = laboratory.snapshots(0);
        Manifest newest = all.get(all.size() - 1);
        TestRecord record = new TestRecord(
                newest.id(),
                clock.instant(),
                "user@host",
                List.of("nas"),
                FILES,
                1,
                Duration.ofMinutes(3),
                Duration.ofMinutes(1),
                List.of(),
                errors,
                errors == 0 ? List.of() : List.of("f1 differs"));
        TestRecords.Sealed sealed = TestRecords.seal(newest, record, laboratory.key());
        for (Replica replica : laboratory.replicas()) {
            new TestRecords(replica).put(sealed);
        }
    }

    private void forget(SnapshotId id) throws IOException {
        SnapshotList list = ListSnapshots.run(laboratory.replicas(), laboratory.recovery());
        Forget.run(
                new ForgetRequest(
                        list,
                        list.snapshots(),
                        Set.of(id),
                        RetentionRules.NONE,
                        ForgetRequest.Exceptions.NONE,
                        ZoneOffset.UTC,
                        laboratory.recovery(),
                        "user@host",
                        ForgetRequest.Mode.WRITE),
                clock);
    }

    private void remove(Manifest manifest) throws IOException {
        removeAt("nas", manifest);
    }

    /** As somebody would who has access to the storage. */
    private void removeAt(String place, Manifest manifest) throws IOException {
        Replica replica = laboratory.replicas().get(place.equals("nas") ? 0 : 1);
        for (var listed : new io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore(replica).listAll()) {
            if (listed.name().sequence() == manifest.sequence()) {
                Files.delete(temp.resolve(place).resolve(listed.name().object()));
            }
        }
    }

    private Path largestArchive() throws IOException {
        try (var files = Files.walk(temp.resolve("nas/archives"))) {
            return files.filter(Files::isRegularFile)
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    private void write(int number, byte[] content) throws IOException {
        Files.write(tree.resolve("f" + number), content);
    }

    /** Never the same twice, and about twice smaller when compressed. */
    private byte[] words(int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(Long.toHexString(random.nextLong()));
        }
        return text.substring(0, length).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private Policy policy() throws IOException {
        return new Policy(
                "month",
                List.of(new Policy.Source(
                        Laboratory.SOURCE,
                        Policy.SourceKind.FILES,
                        List.of(tree.toString()),
                        List.of(),
                        "",
                        List.of(),
                        "disk")),
                List.of(place("nas", "disk", Policy.Site.ONSITE), place("vault", "cloud", Policy.Site.OFFSITE)),
                1,
                new Policy.Backups(SnapshotKind.INCREMENTAL, Optional.empty(), Optional.empty(), ZoneOffset.UTC),
                new Policy.Objectives(
                        Optional.of(Duration.ofHours(30)),
                        Optional.of(Duration.ofHours(1)),
                        Optional.of(Duration.ofDays(40)),
                        Optional.of(CopyRule.parse("3-2-1"))),
                List.of(),
                "");
    }

    private Policy.Destination place(String name, String medium, Policy.Site site) {
        return new Policy.Destination(
                name,
                StorageLocation.of(temp.resolve(name)),
                medium,
                site,
                Policy.Mutability.MUTABLE,
                RetentionRules.NONE);
    }
}
