package io.jenkins.plugins.provenbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.cli.Shell.Outcome;
import io.jenkins.plugins.provenbackup.engine.storage.ftp.ApacheFtpServer;
import io.jenkins.plugins.provenbackup.engine.storage.http.ApacheServer;
import io.jenkins.plugins.provenbackup.engine.storage.s3.S3ProxyServer;
import io.jenkins.plugins.provenbackup.engine.storage.sftp.OpenSshServer;
import io.jenkins.plugins.provenbackup.engine.storage.tls.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What each command can do at each kind of server when the account may not delete, and what it says when it cannot. */
@Timeout(180)
class RightsTest {

    @TempDir
    Path scratch;

    private Shell shell;
    private Path data;
    private Path remote;
    private Path server;

    @BeforeEach
    void aSource() throws Exception {
        shell = new Shell(scratch).with(Secrets.PASSWORD, "correct horse");
        data = Files.createDirectories(scratch.resolve("data"));
        remote = Files.createDirectories(scratch.resolve("remote"));
        server = Files.createDirectories(scratch.resolve("server"));
    }

    @Test
    void sftp() throws Exception {
        try (OpenSshServer ssh = OpenSshServer.start(server, "-P remove,rmdir")) {
            allButDeleting(
                    ssh.location(remote).toString(),
                    "--sftp-key",
                    ssh.userKey().toString(),
                    "--known-hosts",
                    ssh.knownHosts().toString());
        }
    }

    @Test
    void webDav() throws Exception {
        try (ApacheServer apache = ApacheServer.start(server)) {
            ApacheServer.openUp(remote);
            shell.with(Opening.STORAGE_PASSWORD, ApacheServer.PASSWORD);
            allButDeleting(
                    apache.location("webdavs", ApacheServer.Area.KEEP, remote).toString(),
                    "--tls-ca",
                    apache.certificate().certificate().toString());
        }
    }

    @Test
    void ftp() throws Exception {
        try (ApacheFtpServer ftp = ApacheFtpServer.start(server)) {
            shell.with(Opening.STORAGE_PASSWORD, ApacheFtpServer.PASSWORD);
            allButDeleting(
                    ftp.location("ftps", ApacheFtpServer.KEEPER, remote, ftp.port("ftps"))
                            .toString(),
                    "--tls-ca",
                    ftp.certificate().certificate().toString());
        }
    }

    @Test
    void s3() throws Exception {
        TestCertificate certificate = TestCertificate.ofLoopback(scratch.resolve("tls"));
        try (S3ProxyServer s3 = S3ProxyServer.start(scratch, certificate)) {
            shell.with(Opening.STORAGE_PASSWORD, S3ProxyServer.SECRET);
            allButDeleting(
                    S3ProxyServer.tlsLocation(S3ProxyServer.KEEPER, "remote/backup", s3.tlsPort())
                            .toString(),
                    "--tls-ca",
                    certificate.certificate().toString());
        }
    }

    private void allButDeleting(String place, String... how) throws Exception {
        succeeds(place, how, "init");
        for (int i = 0; i < 3; i++) {
            byte[] content = new byte[300_000];
            new Random(i).nextBytes(content);
            Files.write(data.resolve("a"), content);
            assertThat(succeeds(place, how, "backup", "--source", "data", data.toString())
                            .err())
                    .doesNotContain("warning");
        }
        succeeds(place, how, "verify", "--level", "restore");

        Outcome forget = run(place, how, "forget", "--keep-last", "1");
        assertThat(forget.status()).as(forget.out()).isEqualTo(3);
        assertThat(forget.err()).contains("warning", "delete");
        Outcome prune = run(place, how, "prune", "--now");
        assertThat(prune.status()).as(prune.out()).isIn(0, 3);

        // Whatever was tried, nothing is lost.
        succeeds(place, how, "verify", "--level", "restore");
        Path target = scratch.resolve("restored");
        succeeds(place, how, "restore", "latest", "--target", target.toString());
        assertThat(target.resolve("a")).hasSameBinaryContentAs(data.resolve("a"));
    }

    private Outcome succeeds(String place, String[] how, String... words) {
        Outcome outcome = run(place, how, words);
        assertThat(outcome.status()).as(outcome.out() + outcome.err()).isZero();
        return outcome;
    }

    private Outcome run(String place, String[] how, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("-r", place));
        all.addAll(List.of(how));
        return shell.run(all.toArray(String[]::new));
    }
}
