package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.engine.storage.ftp.ApacheFtpServer;
import io.jenkins.plugins.provenbackup.engine.storage.ftp.VsftpdServer;
import io.jenkins.plugins.provenbackup.engine.storage.http.ApacheServer;
import io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory;
import io.jenkins.plugins.provenbackup.engine.storage.s3.S3ProxyServer;
import io.jenkins.plugins.provenbackup.engine.storage.sftp.OpenSshServer;
import io.jenkins.plugins.provenbackup.engine.storage.tls.TestCertificate;
import io.jenkins.plugins.provenbackup.engine.verify.Verify;
import io.jenkins.plugins.provenbackup.engine.verify.VerifyRequest;
import io.jenkins.plugins.provenbackup.testing.TreeComparer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backup, verification and restore at each kind of server, by an account that may not delete. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EveryDestinationTest {

    @TempDir
    private Path temp;

    private Path tree;
    private Path remote;

    @BeforeEach
    void makeTree() throws Exception {
        tree = temp.resolve("tree");
        for (int i = 0; i < 20; i++) {
            SampleFiles.write(tree.resolve("f" + i), 100_000, i);
        }
        remote = Files.createDirectory(temp.resolve("remote"));
    }

    @Test
    void sftp() throws Exception {
        try (OpenSshServer server =
                OpenSshServer.start(Files.createDirectory(temp.resolve("server")), "-P remove,rmdir")) {
            roundTrip(server.location(remote), server.options());
        }
    }

    @Test
    void webDav() throws Exception {
        try (ApacheServer server = ApacheServer.start(Files.createDirectory(temp.resolve("server")))) {
            ApacheServer.openUp(remote);
            roundTrip(server.location("webdavs", ApacheServer.Area.KEEP, remote), server.options());
        }
    }

    @Test
    void ftpOverExplicitTls() throws Exception {
        try (ApacheFtpServer server = ApacheFtpServer.start(Files.createDirectory(temp.resolve("server")))) {
            roundTrip(server.location("ftps", ApacheFtpServer.KEEPER, remote, server.port("ftps")), server.options());
        }
    }

    @Test
    void ftpOverImplicitTls() throws Exception {
        try (ApacheFtpServer server = ApacheFtpServer.start(Files.createDirectory(temp.resolve("server")))) {
            roundTrip(server.location("ftpsi", ApacheFtpServer.KEEPER, remote, server.port("ftpsi")), server.options());
        }
    }

    @Test
    void oldFtp() throws Exception {
        try (VsftpdServer server =
                VsftpdServer.start(Files.createDirectory(temp.resolve("server")), "cmds_denied=DELE,RMD")) {
            roundTrip(server.location("ftp", remote), server.options());
        }
    }

    @Test
    void s3OverTls() throws Exception {
        TestCertificate certificate = TestCertificate.ofLoopback(temp.resolve("tls"));
        try (S3ProxyServer server = S3ProxyServer.start(temp, certificate)) {
            roundTrip(
                    S3ProxyServer.tlsLocation(S3ProxyServer.KEEPER, "remote/backup", server.tlsPort()),
                    server.tlsOptions(),
                    OpenMode.CREATE);
        }
    }

    @Test
    void restoresFromAWebSite() throws Exception {
        try (ApacheServer server = ApacheServer.start(Files.createDirectory(temp.resolve("server")));
                Laboratory laboratory = Laboratory.at(remote)) {
            BackupResult backup = laboratory.backup(tree, SnapshotKind.INCREMENTAL);
            OpenSshServer.run("chmod", "-R", "a+rX", remote.toString());
            for (ApacheServer.Area area : List.of(ApacheServer.Area.FILES, ApacheServer.Area.LOOK)) {
                laboratory.replace(
                        0,
                        StorageFactory.open(
                                server.location("https", area, remote), server.options(), OpenMode.EXISTING));

                laboratory.restore(backup.snapshot().orElseThrow(), temp.resolve("restored-" + area));

                assertThat(TreeComparer.differences(tree, temp.resolve("restored-" + area)))
                        .isEmpty();
            }
        }
    }

    private void roundTrip(StorageLocation location, StorageOptions options) throws Exception {
        roundTrip(location, options, OpenMode.EXISTING);
    }

    private void roundTrip(StorageLocation location, StorageOptions options, OpenMode mode) throws Exception {
        Storage storage = StorageFactory.open(location, options, mode);
        try (Laboratory laboratory = Laboratory.at(List.of(storage))) {
            laboratory.backup(tree, SnapshotKind.INCREMENTAL);
            SampleFiles.write(tree.resolve("f1"), 50_000, 99);
            BackupResult second = laboratory.backup(tree, SnapshotKind.INCREMENTAL);

            assertThat(second.copies()).isEqualTo(1);
            laboratory.restore(second.snapshot().orElseThrow(), temp.resolve("restored"));
            assertThat(TreeComparer.differences(tree, temp.resolve("restored"))).isEmpty();
            VerifyRequest everything = new VerifyRequest(
                    laboratory.replicas(),
                    laboratory.recovery(),
                    Optional.of(header -> StreamKey.open(header, laboratory.recovery())),
                    Set.of(),
                    VerifyRequest.Level.RESTORE,
                    100,
                    VerifyRequest.Repair.REPORT_ONLY);
            assertThat(Verify.run(everything, ProgressListener.NONE, Clock.systemUTC())
                            .findings())
                    .isEmpty();
            String archive = laboratory.objects(0, "archives").get(0).name();
            assertThatThrownBy(() -> storage.delete(archive)).isInstanceOf(StorageException.AccessDenied.class);
        }
    }
}
