package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.archive.BlockParameters;
import io.jenkins.plugins.provenbackup.engine.prune.PruneRequest;
import io.jenkins.plugins.provenbackup.engine.prune.PruneResult;
import io.jenkins.plugins.provenbackup.engine.replicate.Replicate;
import io.jenkins.plugins.provenbackup.engine.replicate.ReplicateRequest;
import io.jenkins.plugins.provenbackup.engine.replicate.ReplicateResult;
import io.jenkins.plugins.provenbackup.engine.replicate.Target;
import io.jenkins.plugins.provenbackup.engine.repository.NewRepository;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.engine.storage.ftp.ApacheFtpServer;
import io.jenkins.plugins.provenbackup.engine.storage.ftp.VsftpdServer;
import io.jenkins.plugins.provenbackup.engine.storage.http.ApacheServer;
import io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory;
import io.jenkins.plugins.provenbackup.engine.storage.s3.S3ProxyServer;
import io.jenkins.plugins.provenbackup.engine.storage.sftp.OpenSshServer;
import io.jenkins.plugins.provenbackup.engine.storage.tls.TestCertificate;
import io.jenkins.plugins.provenbackup.testing.Command;
import io.jenkins.plugins.provenbackup.testing.TreeComparer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of server becomes a replica of a directory, is thinned out, pruned and repacked, and then restores by itself. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CleaningEveryDestinationTest {

    @TempDir
    private Path temp;

    private final Random random = new Random(5);
    private final List<SnapshotId> snapshots = new ArrayList<>();
    private Path tree;
    private Path remote;
    private Path server;

    @BeforeEach
    void makeDirectories() throws Exception {
        tree = Files.createDirectory(temp.resolve("tree"));
        remote = Files.createDirectory(temp.resolve("remote"));
        server = Files.createDirectory(temp.resolve("server"));
    }

    @Test
    void sftp() throws Exception {
        try (OpenSshServer ssh = OpenSshServer.start(server)) {
            clean(ssh.location(remote), ssh.options(), OpenMode.EXISTING);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DAV", "DIGEST"})
    void webDav(ApacheServer.Area area) throws Exception {
        try (ApacheServer apache = ApacheServer.start(server)) {
            ApacheServer.openUp(remote);
            clean(apache.location("webdavs", area, remote), apache.options(), OpenMode.EXISTING);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftps", "ftpsi"})
    void ftpOverTls(String scheme) throws Exception {
        try (ApacheFtpServer ftp = ApacheFtpServer.start(server)) {
            clean(ftp.location(scheme, remote), ftp.options(), OpenMode.EXISTING);
        }
    }

    @Test
    void oldFtp() throws Exception {
        try (VsftpdServer ftp = VsftpdServer.start(server)) {
            clean(ftp.location("ftp", remote), ftp.options(), OpenMode.EXISTING);
        }
    }

    @Test
    void s3OverTls() throws Exception {
        TestCertificate certificate = TestCertificate.ofLoopback(temp.resolve("tls"));
        try (S3ProxyServer s3 = S3ProxyServer.start(temp, certificate)) {
            clean(
                    S3ProxyServer.tlsLocation(S3ProxyServer.KEY, "remote/backup", s3.tlsPort()),
                    s3.tlsOptions(),
                    OpenMode.CREATE);
        }
    }

    private void clean(StorageLocation location, StorageOptions options, OpenMode mode) throws Exception {
        try (Laboratory laboratory = Laboratory.at(temp.resolve("near"))) {
            laboratory.tune(laboratory.tuning().withBlocks(new BlockParameters(64 << 10, 64 << 10, 256 << 10, 5)));
            for (int i = 0; i < 4; i++) {
                backup(laboratory, i == 0 ? 60 : 20);
            }
            Replica near = laboratory.replicas().get(0);
            Storage storage = StorageFactory.open(location, options, mode);
            Replica far = NewRepository.createLike(near, storage);
            ReplicateResult replicated = Replicate.run(
                    ReplicateRequest.all(List.of(near), Target.of(far), ReplicateRequest.Mode.WRITE),
                    ProgressListener.NONE);
            assertThat(replicated.state()).as(replicated.reason()).isEqualTo(ReplicateResult.State.COMPLETE);
            near.close();
            laboratory.replicas().set(0, far);

            Gardener gardener =
                    new Gardener(laboratory, Clock.systemUTC(), Files.createDirectory(temp.resolve("spool")));
            gardener.forget(snapshots.get(0), snapshots.get(2));
            long before = Gardener.bytes(storage);
            Set<String> archives = laboratory.archives(0);
            PruneResult result = gardener.prune(Gardener.with(
                    gardener.request(Gardener.SMALL_BLOCKS), PruneRequest.Waiting.NOW, PruneRequest.Mode.WRITE));

            assertThat(result.repacked().blocks()).isPositive();
            assertThat(Gardener.bytes(storage)).isLessThan(before * 9 / 10);
            assertThat(laboratory.archives(0)).doesNotContainAnyElementsOf(archives);
            gardener.requireEverythingRestores();
            for (int kept : new int[] {1, 3}) {
                Path target = temp.resolve("restored-" + kept);
                assertThat(laboratory.restore(snapshots.get(kept), target).failures())
                        .isEmpty();
                assertThat(TreeComparer.differences(temp.resolve("tree-" + kept), target))
                        .isEmpty();
            }
        }
    }

    private void backup(Laboratory laboratory, int files) throws Exception {
        for (int i = 0; i < files; i++) {
            SampleFiles.write(tree.resolve("f" + random.nextInt(60)), 500 + random.nextInt(8_000), random.nextLong());
        }
        Path copy = temp.resolve("tree-" + snapshots.size());
        assertThat(Command.run("cp", "-a", tree.toString(), copy.toString()).status())
                .isZero();
        snapshots.add(
                laboratory.backup(tree, SnapshotKind.INCREMENTAL).snapshot().orElseThrow());
    }
}
