package io.jenkins.plugins.provenbackup.engine.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.Laboratory;
import io.jenkins.plugins.provenbackup.engine.ManualClock;
import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation;
import io.jenkins.plugins.provenbackup.engine.policy.Control;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.engine.policy.RetentionRules;
import io.jenkins.plugins.provenbackup.engine.repository.HoldRecords;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.RepositoryMemory;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.repository.TestRecord;
import io.jenkins.plugins.provenbackup.engine.repository.TestRecords;
import io.jenkins.plugins.provenbackup.engine.snapshots.Forget;
import io.jenkins.plugins.provenbackup.engine.snapshots.ForgetRequest;
import io.jenkins.plugins.provenbackup.engine.snapshots.Holds;
import io.jenkins.plugins.provenbackup.engine.snapshots.ListSnapshots;
import io.jenkins.plugins.provenbackup.engine.snapshots.SnapshotList;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage.Verb;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectMemory;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at the same destinations again and again: what they cost, and that they see what changed. */
class RepeatedLookTest {

    private static final int SNAPSHOTS = 6;

    @TempDir
    private Path temp;

    private final ManualClock clock = new ManualClock();
    private ObjectMemory memory = RepositoryMemory.create(1 << 20, clock);
    private FaultyStorage nas;
    private FaultyStorage vault;
    private Laboratory laboratory;
    private Path tree;
    private Map<String, Map<String, String>> recorded = Map.of();

    @BeforeEach
    void snapshotsWithAllThatCanBeSaidOfThem() throws Exception {
        tree = Files.createDirectory(temp.resolve("tree"));
        nas = FaultyStorage.over(Laboratory.local(temp.resolve("nas")));
        vault = FaultyStorage.over(Laboratory.local(temp.resolve("vault")));
        laboratory = Laboratory.at(List.of(nas, vault));
        laboratory.clock(clock);
        for (int i = 0; i < SNAPSHOTS; i++) {
            backup();
        }
        Manifest newest = laboratory.snapshots(0).get(SNAPSHOTS - 1);
        TestRecords.Sealed test = TestRecords.seal(
                newest,
                new TestRecord(
                        newest.id(),
                        clock.instant(),
                        "user@host",
                        List.of("nas"),
                        1,
                        1,
                        Duration.ofMinutes(3),
                        Duration.ofMinutes(1),
                        List.of(),
                        0,
                        List.of()),
                laboratory.key());
        for (Replica replica : laboratory.replicas()) {
            new TestRecords(replica).put(test);
        }
        SnapshotList list = ListSnapshots.run(laboratory.replicas(), laboratory.recovery());
        Holds.put(
                list.snapshots().get(0),
                list,
                new HoldRecords.Hold(true, "", "user@host", clock.instant()),
                laboratory.recovery());
        Forget.run(
                new ForgetRequest(
                        list,
                        list.snapshots(),
                        Set.of(list.snapshots().get(2).id()),
                        RetentionRules.NONE,
                        ForgetRequest.Exceptions.NONE,
                        ZoneOffset.UTC,
                        laboratory.recovery(),
                        "user@host",
                        ForgetRequest.Mode.WRITE),
                clock);
        laboratory.condemn(0, List.of("archives/" + "ab".repeat(32)));
    }

    @AfterEach
    void close() {
        laboratory.close();
    }

    @Test
    void aSecondLookOnlyLists() throws Exception {
        Cost first = new Cost();
        Observation before = look();
        assertThat(first.opened()).isGreaterThan(SNAPSHOTS + 2);
        int lists = first.listed();

        Cost second = new Cost();
        Observation after = look();

        assertThat(second.opened()).isZero();
        assertThat(second.listed()).isEqualTo(lists);
        assertThat(after.sources()).isEqualTo(before.sources());
        assertThat(before.sources().get(0).points()).hasSize(SNAPSHOTS - 1);
        assertThat(before.sources().get(0).tests()).hasSize(1);
    }

    @Test
    void onlyWhatIsNewIsRead() throws Exception {
        look();
        backup();

        Cost cost = new Cost();
        Observation seen = look();

        // From the first destination alone: the other one's is the same.
        assertThat(cost.opened()).isEqualTo(1);
        assertThat(seen.sources().get(0).points()).hasSize(SNAPSHOTS);
    }

    @Test
    void whatWasChangedAtTheDestinationIsSeen() throws Exception {
        look();
        Path manifest = manifest();
        byte[] content = Files.readAllBytes(manifest);
        content[content.length - 1] ^= 1;
        FileTime time = Files.getLastModifiedTime(manifest);
        Files.write(manifest, content);
        Files.setLastModifiedTime(manifest, FileTime.from(time.toInstant().plusSeconds(1)));

        assertThat(look().problems()).singleElement().asString().contains("a manifest cannot be used");

        content[content.length - 1] ^= 1;
        Files.write(manifest, content);
        assertThat(look().problems()).isEmpty();
    }

    @Test
    void whatWasDeletedIsMissed() throws Exception {
        look();
        Files.delete(manifest());

        assertThat(look().controls())
                .filteredOn(control -> control.kind() == Control.Kind.DRIFT
                        && control.subject().equals(Optional.of("nas")))
                .singleElement()
                .satisfies(control -> assertThat(control.actual()).isEqualTo("1 snapshot gone without forget"));
    }

    /** Damage that changes neither size nor time shows a day later. */
    @Test
    void everythingIsReadAgainAfterADay() throws Exception {
        Cost first = new Cost();
        look();
        int all = first.opened();
        Path manifest = manifest();
        byte[] content = Files.readAllBytes(manifest);
        content[content.length - 1] ^= 1;
        FileTime time = Files.getLastModifiedTime(manifest);
        Files.write(manifest, content);
        Files.setLastModifiedTime(manifest, time);
        assertThat(look().problems()).isEmpty();

        clock.advance(Duration.ofDays(1));
        Cost again = new Cost();
        assertThat(look().problems()).hasSize(1);
        assertThat(again.opened()).isGreaterThanOrEqualTo(all);
    }

    @Test
    void takesNoMoreMemoryThanItMay() throws Exception {
        Cost whole = new Cost();
        look();
        int all = whole.opened();
        long room = memory.used() / 2;
        memory = RepositoryMemory.create(room, clock);
        look();

        Cost cost = new Cost();
        look();

        assertThat(memory.used()).isBetween(1L, room);
        assertThat(cost.opened()).isBetween(1, all - 1);
    }

    /** Calls since it was made. */
    private final class Cost {

        private final int opens = count(Verb.OPEN);
        private final int lists = count(Verb.LIST);

        int opened() {
            return count(Verb.OPEN) - opens;
        }

        int listed() {
            return count(Verb.LIST) - lists;
        }

        private int count(Verb verb) {
            return nas.calls(verb) + vault.calls(verb);
        }
    }

    private Observation look() throws IOException {
        Map<String, Replica> reached = new LinkedHashMap<>();
        reached.put("nas", laboratory.replicas().get(0).through(memory));
        reached.put("vault", laboratory.replicas().get(1).through(memory));
        Observation seen = Observe.run(
                policy(),
                new PolicyDestinations(reached, Map.of()),
                laboratory.recovery(),
                source -> false,
                new Observe.Recorded(recorded),
                Instant.parse("2040-02-01T00:00:00Z"));
        Map<String, String> points = new LinkedHashMap<>();
        seen.sources().get(0).points().forEach(point -> points.put(point.id(), Laboratory.SOURCE));
        recorded = Map.of("nas", points, "vault", points);
        return seen;
    }

    /** The oldest one at the first destination. */
    private Path manifest() throws IOException {
        return temp.resolve("nas")
                .resolve(laboratory.objects(0, "snapshots").get(0).name());
    }

    private void backup() throws Exception {
        clock.advance(Duration.ofHours(1));
        Files.writeString(tree.resolve("file"), clock.instant().toString());
        laboratory.backup(tree, SnapshotKind.INCREMENTAL);
    }

    private Policy policy() {
        return new Policy(
                "policy",
                List.of(new Policy.Source(
                        Laboratory.SOURCE,
                        Policy.SourceKind.FILES,
                        List.of(tree.toString()),
                        List.of(),
                        "",
                        List.of(),
                        "disk")),
                List.of(place("nas"), place("vault")),
                1,
                new Policy.Backups(SnapshotKind.INCREMENTAL, Optional.empty(), Optional.empty(), ZoneOffset.UTC),
                new Policy.Objectives(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                List.of(),
                "");
    }

    private Policy.Destination place(String name) {
        return new Policy.Destination(
                name,
                StorageLocation.of(temp.resolve(name)),
                "disk",
                Policy.Site.ONSITE,
                Policy.Mutability.MUTABLE,
                RetentionRules.NONE);
    }
}
