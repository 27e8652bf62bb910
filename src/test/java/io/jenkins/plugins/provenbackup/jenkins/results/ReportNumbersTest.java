package io.jenkins.plugins.provenbackup.jenkins.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.cli.Shell;
import io.jenkins.plugins.provenbackup.engine.Laboratory;
import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.crypto.KeyFile;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import io.jenkins.plugins.provenbackup.engine.recovery.RecoveryCheck;
import io.jenkins.plugins.provenbackup.engine.recovery.RecoveryTest;
import io.jenkins.plugins.provenbackup.engine.recovery.RecoveryTestRequest;
import io.jenkins.plugins.provenbackup.engine.recovery.RecoveryTestResult;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report's numbers are those that the command line gives for the same snapshot. */
class ReportNumbersTest {

    private static final RunTimes TIMES = new RunTimes(1_700_000_000_000L, Map.of("reading", 12L));

    @TempDir
    private Path temp;

    private Path tree;
    private String near;
    private Laboratory laboratory;
    private Shell shell;

    @BeforeEach
    void aTreeOfEverything() throws IOException {
        tree = Files.createDirectories(temp.resolve("tree/sub")).getParent();
        byte[] noise = new byte[3_000_000];
        new Random(7).nextBytes(noise);
        Files.write(tree.resolve("noise.bin"), noise);
        Files.writeString(tree.resolve("sub/text.txt"), "the same line\n".repeat(50_000));
        Files.createSymbolicLink(tree.resolve("link"), Path.of("noise.bin"));
        near = temp.resolve("near").toString();
        laboratory = Laboratory.at(temp.resolve("near"), temp.resolve("far"));
        Path key = temp.resolve("recovery.key");
        KeyFile.write(key, laboratory.recovery());
        shell = new Shell(temp).with("PROVEN_BACKUP_KEY_FILE", key.toString());
    }

    @AfterEach
    void close() {
        laboratory.close();
    }

    @Test
    void aBackupSaysWhatTheCommandLineSaysOfItsSnapshot() throws Exception {
        laboratory.backup(tree, SnapshotKind.FULL);
        Files.writeString(tree.resolve("sub/new.txt"), "new");
        BackupResult result = laboratory.backup(tree, SnapshotKind.INCREMENTAL);

        BackupReport report = BackupReport.of(subject(), result, List.of(), TIMES);

        Map<?, ?> listed = newestListed();
        assertThat(report.getId()).isEqualTo(listed.get("id"));
        assertThat(report.getParent()).isEqualTo(listed.get("parent"));
        assertThat(report.getKind()).isEqualTo(listed.get("kind")).isEqualTo("incremental");
        assertThat(report.getSequence()).isEqualTo(2);
        assertThat((Map<?, ?>) listed.get("totals"))
                .isNotEmpty()
                .allSatisfy((name, value) -> assertThat(getter(report, (String) name))
                        .as("%s", name)
                        .isEqualTo(((Number) value).longValue()));
        assertThat(report.getFilesNew()).isEqualTo(1);
        assertThat(report.isComplete()).isTrue();
        assertThat(report.getDestinations())
                .extracting(DestinationReport::getName)
                .containsExactly("nas", temp.resolve("far").toString());
    }

    /** Two runs differ in their time and their random bytes, but not in what they count. */
    @Test
    void itCountsWhatTheCommandLinesOwnBackupCounts() throws Exception {
        BackupReport report = BackupReport.of(subject(), laboratory.backup(tree, SnapshotKind.FULL), List.of(), TIMES);

        Map<?, ?> totals = (Map<?, ?>)
                shell.run("backup", "-r", near, "--type", "full", "--source", "other", "--json", tree.toString())
                        .json()
                        .get("totals");

        for (String name :
                List.of("files", "directories", "symlinks", "bytes", "filesNew", "bytesRead", "bytesAdded")) {
            assertThat(getter(report, name)).as(name).isEqualTo(((Number) totals.get(name)).longValue());
        }
        assertThat(report.getBytesStored())
                .isCloseTo(
                        ((Number) totals.get("bytesStored")).longValue(),
                        org.assertj.core.data.Percentage.withPercentage(1));
        assertThat(report.getCompressionRatio()).isBetween(1.1, 1.4);
        assertThat(report.getDedupRatio()).isGreaterThanOrEqualTo(1.0);
    }

    @Test
    void aBackupThatStoresNothingNewHasNoRatioRatherThanInfinity() throws Exception {
        laboratory.backup(tree, SnapshotKind.FULL);

        BackupReport report =
                BackupReport.of(subject(), laboratory.backup(tree, SnapshotKind.INCREMENTAL), List.of(), TIMES);

        assertThat(report.getBytesAdded()).isZero();
        assertThat(report.getDedupRatio()).isZero();
    }

    @Test
    void aRestoreSaysWhatTheCommandLineSays() throws Exception {
        var snapshot = laboratory.backup(tree, SnapshotKind.FULL).snapshot().orElseThrow();

        RestoreReport report = RestoreReport.of(
                subject(),
                laboratory.restore(snapshot, temp.resolve("a")),
                RestoreReport.Kind.WRITTEN,
                "a",
                List.of(near),
                TIMES);

        Map<String, Object> json = shell.run(
                        "restore",
                        "-r",
                        near,
                        snapshot.hex(),
                        "-t",
                        temp.resolve("b").toString(),
                        "--json")
                .json();
        for (String name : List.of(
                "files",
                "directories",
                "symlinks",
                "hardLinks",
                "bytes",
                "kept",
                "updated",
                "deleted",
                "failureCount")) {
            assertThat(getter(report, name)).as(name).isEqualTo(((Number) json.get(name)).longValue());
        }
        assertThat(report.getFrom()).containsExactly("nas");
        assertThat(report.isComplete()).isTrue();
    }

    @Test
    void aRecoveryTestSaysWhatTheCommandLineSaysAndIsHeldAgainstTheObjectives() throws Exception {
        var snapshot = laboratory.backup(tree, SnapshotKind.FULL).snapshot().orElseThrow();
        RecoveryTestResult result = RecoveryTest.run(
                new RecoveryTestRequest(
                        laboratory.manifest(snapshot),
                        laboratory.key(),
                        header -> StreamKey.open(header, laboratory.recovery()),
                        laboratory.replicas(),
                        laboratory.replicas(),
                        temp.resolve("scratch"),
                        List.<RecoveryCheck>of(),
                        "user@host"),
                ProgressListener.NONE,
                Clock.systemUTC());

        RecoveryTestReport report = RecoveryTestReport.of(
                subject(),
                result,
                List.of(CheckReport.passed("body", 5)),
                new Objectives(
                        Duration.ofHours(25), Optional.of(Duration.ofHours(24)), Optional.of(Duration.ofHours(1))),
                TIMES,
                Duration.ofSeconds(9));

        Map<?, ?> json = (Map<?, ?>) ((List<?>) shell.run(
                                "test",
                                "-r",
                                near,
                                snapshot.hex(),
                                "--scratch",
                                temp.resolve("c").toString(),
                                "--json")
                        .json()
                        .get("tests"))
                .get(0);
        for (String name : List.of("files", "bytes", "errors")) {
            assertThat(getter(report, name)).as(name).isEqualTo(((Number) json.get(name)).longValue());
        }
        assertThat(report.isPassed()).isEqualTo(json.get("passed")).isEqualTo(true);
        assertThat(report.getRtoMillis()).isEqualTo(result.record().restore().toMillis());
        assertThat(report.isRpoMet()).isFalse();
        assertThat(report.isRtoMet()).isTrue();
        assertThat(report.getDestinations())
                .hasSize(2)
                .allMatch(one -> one.getReason().isEmpty());
    }

    private ReportSubject subject() {
        return new ReportSubject("", Laboratory.SOURCE, Map.of(near, "nas"));
    }

    private Map<?, ?> newestListed() throws IOException {
        List<?> all =
                (List<?>) shell.run("snapshots", "-r", near, "--json").json().get("snapshots");
        return all.stream()
                .map(one -> (Map<?, ?>) one)
                .filter(one -> one.get("sequence").equals(2))
                .findFirst()
                .orElseThrow();
    }

    private static long getter(Report report, String name) {
        String method = "get" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
        try {
            return ((Number) report.getClass().getMethod(method).invoke(report)).longValue();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a report has " + method, e);
        }
    }
}
