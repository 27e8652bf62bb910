package io.jenkins.plugins.provenbackup.jenkins.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.Laboratory;
import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.compliance.PolicyDestinations;
import io.jenkins.plugins.provenbackup.engine.crypto.BackupKey;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.engine.policy.RetentionRules;
import io.jenkins.plugins.provenbackup.engine.recovery.RecoveryCheck;
import io.jenkins.plugins.provenbackup.engine.recovery.RecoveryTest;
import io.jenkins.plugins.provenbackup.engine.recovery.RecoveryTestRequest;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The choice of the worst destination, from what real ones hold and real recovery tests measured. */
class DrillFactsTest {

    @TempDir
    private Path temp;

    private Path tree;
    private Laboratory laboratory;
    private int tests;

    @BeforeEach
    void aTree() throws IOException {
        tree = Files.createDirectories(temp.resolve("tree"));
        Files.writeString(tree.resolve("a.txt"), "content of a");
        laboratory = Laboratory.at(temp.resolve("near"), temp.resolve("far"));
    }

    @AfterEach
    void close() {
        laboratory.close();
    }

    private Policy policy(int minCopies) throws IOException {
        List<Policy.Destination> places = new ArrayList<>();
        for (String name : List.of("near", "far")) {
            places.add(new Policy.Destination(
                    name,
                    StorageLocation.of(temp.resolve(name)),
                    "disk",
                    Policy.Site.ONSITE,
                    Policy.Mutability.MUTABLE,
                    RetentionRules.NONE));
        }
        return new Policy(
                "shop",
                List.of(new Policy.Source(
                        Laboratory.SOURCE, Policy.SourceKind.FILES, List.of(), List.of(), "", List.of(), "disk")),
                places,
                minCopies,
                new Policy.Backups(SnapshotKind.INCREMENTAL, Optional.empty(), Optional.empty(), ZoneOffset.UTC),
                Policy.Objectives.NONE,
                List.of(),
                "");
    }

    private DrillFacts.Found look(Map<String, String> unreachable) throws IOException {
        return look(2, unreachable);
    }

    private DrillFacts.Found look(int minCopies, Map<String, String> unreachable) throws IOException {
        Map<String, Replica> reached = new LinkedHashMap<>();
        reached.put("near", laboratory.replicas().get(0));
        reached.put("far", laboratory.replicas().get(1));
        reached.keySet().removeAll(unreachable.keySet());
        try (BackupKey key = laboratory.recovery().backupKey()) {
            return new DrillFacts(policy(minCopies), new PolicyDestinations(reached, unreachable), key).run();
        }
    }

    private static String worst(DrillFacts.Found found) {
        return WorstDestination.of(found.places(), found.points().keySet(), Instant.now(), ZoneOffset.UTC)
                .name();
    }

    private SnapshotId backup() throws Exception {
        return laboratory.backup(tree, SnapshotKind.FULL).snapshot().orElseThrow();
    }

    private void test(SnapshotId snapshot, List<Replica> from) throws Exception {
        RecoveryTest.run(
                new RecoveryTestRequest(
                        laboratory.manifest(snapshot),
                        laboratory.key(),
                        header -> StreamKey.open(header, laboratory.recovery()),
                        from,
                        laboratory.replicas(),
                        temp.resolve("scratch-" + ++tests),
                        List.<RecoveryCheck>of(),
                        "user@host"),
                ProgressListener.NONE,
                Clock.systemUTC());
    }

    @Test
    void onlyATestThatReadFromOneDestinationAloneSaysSomethingOfIt() throws Exception {
        SnapshotId snapshot = backup();
        test(snapshot, laboratory.replicas());

        DrillFacts.Found before = look(Map.of());
        assertThat(before.places()).allSatisfy(place -> {
            assertThat(place.tests()).isEmpty();
            assertThat(place.holds()).containsExactly(Laboratory.SOURCE);
        });
        assertThat(worst(before))
                .as("neither was measured, and far is the last")
                .isEqualTo("far");

        test(snapshot, laboratory.replicas().subList(1, 2));
        DrillFacts.Found after = look(Map.of());
        assertThat(after.places().get(1).tests().get(Laboratory.SOURCE)).satisfies(measured -> {
            assertThat(measured.bytes()).isEqualTo(12);
            assertThat(measured.errors()).isZero();
        });
        assertThat(worst(after)).as("now near alone was not measured").isEqualTo("near");
    }

    @Test
    void theNewestTestOfADestinationCounts() throws Exception {
        SnapshotId snapshot = backup();
        for (int i = 0; i < 2; i++) {
            test(snapshot, laboratory.replicas().subList(0, 1));
            test(snapshot, laboratory.replicas().subList(1, 2));
        }
        for (String archive : laboratory.archives(1)) {
            damage(temp.resolve("far").resolve(archive));
        }
        // Names of results have whole seconds.
        Thread.sleep(1100);
        test(snapshot, laboratory.replicas().subList(1, 2));

        DrillFacts.Found found = look(Map.of());

        assertThat(found.places().get(1).tests().get(Laboratory.SOURCE).errors())
                .isPositive();
        assertThat(worst(found)).isEqualTo("far");
    }

    private static void damage(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        for (int i = 64; i < content.length; i++) {
            content[i] ^= 0x55;
        }
        Files.delete(file);
        Files.write(file, content);
    }

    @Test
    void theRecoveryPointIsTheNewestOneOfWhichThereAreEnoughWholeCopies() throws Exception {
        SnapshotId both = backup();
        Files.writeString(tree.resolve("b.txt"), "content of b");
        SnapshotId newest = backup();
        for (String archive : laboratory.archivesOf(newest)) {
            if (!laboratory.archivesOf(both).contains(archive)) {
                Files.delete(temp.resolve("far").resolve(archive));
            }
        }

        DrillFacts.Found strict = look(2, Map.of());
        assertThat(strict.points().get(Laboratory.SOURCE).snapshot()).isEqualTo(both.hex());

        DrillFacts.Found lenient = look(1, Map.of());
        assertThat(lenient.points().get(Laboratory.SOURCE).snapshot()).isEqualTo(newest.hex());
        assertThat(lenient.points().get(Laboratory.SOURCE).places()).containsExactly("near");
        assertThat(worst(lenient)).as("far lacks it").isEqualTo("near");
    }

    @Test
    void oneThatDoesNotAnswerIsTheWorstAndTheOthersStillTellTheRecoveryPoint() throws Exception {
        SnapshotId snapshot = backup();

        DrillFacts.Found found = look(Map.of("near", "no route"));

        assertThat(worst(found)).isEqualTo("near");
        assertThat(found.points().get(Laboratory.SOURCE).snapshot()).isEqualTo(snapshot.hex());
        assertThat(DrillFacts.noneAnswers(policy(2), "all down").places())
                .extracting(place -> place.silence().orElse(""))
                .containsExactly("all down", "all down");
    }

    @Test
    void whereNothingWasBackedUpThereIsNoRecoveryPoint() throws Exception {
        assertThat(look(Map.of()).points()).isEmpty();
    }
}
