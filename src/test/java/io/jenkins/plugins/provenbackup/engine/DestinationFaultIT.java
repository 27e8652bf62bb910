package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.archive.BlockParameters;
import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.crypto.KeyFile;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.storage.CuttableProxy;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage.Verb;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.RetryPolicy;
import io.jenkins.plugins.provenbackup.engine.storage.RetryingStorage;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.Time;
import io.jenkins.plugins.provenbackup.engine.storage.TinyDisk;
import io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory;
import io.jenkins.plugins.provenbackup.engine.storage.sftp.OpenSshServer;
import io.jenkins.plugins.provenbackup.testing.TreeComparer;
import io.jenkins.plugins.provenbackup.testing.TreeFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real disks that are full or read-only, and a real server whose connection is cut. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DestinationFaultIT {

    @TempDir
    private Path temp;

    private Path tree;

    @BeforeEach
    void makeTree() throws IOException {
        tree = temp.resolve("tree");
        for (int i = 0; i < 60; i++) {
            SampleFiles.write(tree.resolve("f" + i), 200_000, i);
        }
    }

    @Test
    void oneOfTwoDisksIsFull() throws Exception {
        try (TinyDisk disk = TinyDisk.mount(temp.resolve("tiny"), 6 << 10);
                Laboratory laboratory = laboratory(disk.path().resolve("a"), temp.resolve("b"))) {
            BackupResult result = laboratory.backup(tree, SnapshotKind.INCREMENTAL);

            assertThat(result.copies()).isEqualTo(1);
            assertThat(result.destinations().get(0).state()).isEqualTo(BackupResult.State.LAGGING);
            assertThat(result.destinations().get(0).reason()).containsIgnoringCase("space");
            assertThat(laboratory.snapshots(0)).isEmpty();
            laboratory.restore(result.snapshot().orElseThrow(), temp.resolve("restored"));
            assertThat(TreeComparer.differences(tree, temp.resolve("restored"))).isEmpty();
        }
    }

    @Test
    void theOnlyDiskIsFull() throws Exception {
        try (TinyDisk disk = TinyDisk.mount(temp.resolve("tiny"), 16 << 10);
                Laboratory laboratory = laboratory(disk.path().resolve("a"))) {
            SnapshotId first =
                    laboratory.backup(tree, SnapshotKind.FULL).snapshot().orElseThrow();
            laboratory.restore(first, temp.resolve("was"));
            for (int i = 0; i < 60; i++) {
                SampleFiles.write(tree.resolve("g" + i), 200_000, 100 + i);
            }

            assertThatThrownBy(() -> laboratory.backup(tree, SnapshotKind.INCREMENTAL))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining(disk.path().toString())
                    .hasMessageMatching("(?is).*(space|full).*");

            assertThat(laboratory.snapshots(0)).hasSize(1);
            assertThat(laboratory.restore(first, temp.resolve("restored")).failures())
                    .isEmpty();
            assertThat(TreeComparer.differences(temp.resolve("was"), temp.resolve("restored")))
                    .isEmpty();
        }
    }

    @Test
    void oneOfTwoDisksIsReadOnly() throws Exception {
        try (TinyDisk disk = TinyDisk.mount(temp.resolve("tiny"), 40 << 10);
                Laboratory laboratory = laboratory(disk.path().resolve("a"), temp.resolve("b"))) {
            laboratory.backup(tree, SnapshotKind.INCREMENTAL);
            disk.makeReadOnly();
            SampleFiles.write(tree.resolve("f1"), 200_000, 1000);

            BackupResult result = laboratory.backup(tree, SnapshotKind.INCREMENTAL);

            assertThat(result.copies()).isEqualTo(1);
            assertThat(result.destinations().get(0).state()).isEqualTo(BackupResult.State.LAGGING);
            assertThat(result.destinations().get(0).reason()).containsIgnoringCase("read-only");
            assertThat(laboratory.snapshots(0)).hasSize(1);
            assertThat(laboratory.snapshots(1)).hasSize(2);
        }
    }

    @Test
    void aConnectionThatIsLostLeavesOneBehindAndTheNextRunCatchesItUp() throws Exception {
        try (OpenSshServer server = OpenSshServer.start(Files.createDirectories(temp.resolve("sshd")));
                CuttableProxy proxy = CuttableProxy.to(server.port())) {
            FaultyStorage remote = FaultyStorage.over(remote(server, proxy));
            try (Laboratory laboratory = Laboratory.at(List.of(remote, Laboratory.local(temp.resolve("b"))))) {
                tune(laboratory);
                remote.on(Verb.PUT).named("archives/").call(3).first(proxy::refuse);

                BackupResult result = laboratory.backup(tree, SnapshotKind.INCREMENTAL);

                assertThat(result.copies()).as("%s", result.destinations()).isEqualTo(1);
                assertThat(result.destinations().get(0).state()).isEqualTo(BackupResult.State.LAGGING);
                assertThat(result.destinations().get(0).reason()).contains("127.0.0.1");
                proxy.admit();
                BackupResult next = laboratory.backup(tree, SnapshotKind.INCREMENTAL);
                assertThat(next.copies()).as("%s", next.destinations()).isEqualTo(2);
                assertThat(next.totals().filesUnchanged()).isEqualTo(60);
            }
        }
    }

    @Test
    void aConnectionThatIsCutInTheMiddleOfAnUploadIsMadeAgain() throws Exception {
        try (OpenSshServer server = OpenSshServer.start(Files.createDirectories(temp.resolve("sshd")));
                CuttableProxy proxy = CuttableProxy.to(server.port())) {
            RetryPolicy quick =
                    new RetryPolicy(5, Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofSeconds(30));
            FaultyStorage remote = FaultyStorage.over(remote(server, proxy));
            Storage retrying = new RetryingStorage(remote, quick, Time.system(), new Random(1));
            try (Laboratory laboratory = Laboratory.at(List.of(retrying))) {
                tune(laboratory);
                remote.on(Verb.PUT).named("archives/").call(3).first(() -> proxy.cutAfter(300_000));

                BackupResult result = laboratory.backup(tree, SnapshotKind.INCREMENTAL);

                assertThat(result.copies()).isEqualTo(1);
                assertThat(remote.calls(Verb.PUT))
                        .as("an upload was made again")
                        .isGreaterThan(laboratory.archives(0).size()
                                + laboratory.objects(0, "catalogs").size()
                                + laboratory.objects(0, "runs").size()
                                + laboratory.objects(0, "snapshots").size()
                                + 2);
                laboratory.restore(result.snapshot().orElseThrow(), temp.resolve("restored"));
                assertThat(TreeComparer.differences(tree, temp.resolve("restored")))
                        .isEmpty();
            }
        }
    }

    private Storage remote(OpenSshServer server, CuttableProxy proxy) throws Exception {
        return StorageFactory.open(
                server.location(temp.resolve("remote"), proxy.port()),
                server.options().withKnownHosts(server.knownHostsFor(proxy.port())),
                OpenMode.CREATE);
    }

    @Test
    void whatAnOrdinaryUserCannotReadIsReportedAndTheRestIsBackedUp() throws Exception {
        Assumptions.assumeTrue(TreeFixture.isRoot(), "an ordinary user is tested by ChangeDetectionTest");
        Path everyones = Files.createTempDirectory(Path.of("/tmp"), "everyones");
        try (Laboratory laboratory = Laboratory.at(everyones.resolve("a"))) {
            KeyFile.write(everyones.resolve("key"), laboratory.recovery());
            Path own = everyones.resolve("tree");
            SampleFiles.write(own.resolve("open"), "open");
            SampleFiles.write(own.resolve("secret"), "secret");
            SampleFiles.write(own.resolve("closed/inside"), "inside");
            Files.setPosixFilePermissions(own.resolve("secret"), PosixFilePermissions.fromString("---------"));
            Files.setPosixFilePermissions(own.resolve("closed"), PosixFilePermissions.fromString("---------"));
            String classes = BackupProcess.copyOfClasses(Files.createDirectories(everyones.resolve("classes")));
            run("chmod", "755", everyones.toString());
            run("chown", "-R", "65534:65534", everyones.toString());

            Path output = temp.resolve("output");
            Process process = BackupProcess.start(
                    List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"),
                    classes,
                    "128m",
                    output,
                    List.of(
                            "backup",
                            everyones.resolve("key").toString(),
                            own.toString(),
                            Laboratory.SOURCE,
                            "0",
                            everyones.resolve("a").toString()));
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            String said = Files.readString(output);
            assertThat(process.exitValue()).as(said).isEqualTo(3);
            assertThat(said).contains("path=secret").contains("path=closed").doesNotContain("path=open");
            SnapshotId snapshot = laboratory.snapshots(0).get(0).id();
            laboratory.restore(snapshot, temp.resolve("restored"));
            assertThat(temp.resolve("restored/open")).hasContent("open");
            assertThat(temp.resolve("restored/secret")).doesNotExist();
        } finally {
            run("rm", "-rf", everyones.toString());
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    }

    private static Laboratory laboratory(Path... destinations) throws IOException {
        Laboratory laboratory = Laboratory.at(destinations);
        tune(laboratory);
        return laboratory;
    }

    private static void tune(Laboratory laboratory) {
        laboratory.tune(laboratory.tuning().withBlocks(new BlockParameters(500_000, 256 << 10, 1_000_000, 4)));
    }
}
