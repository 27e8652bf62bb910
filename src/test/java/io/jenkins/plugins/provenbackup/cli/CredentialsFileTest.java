package io.jenkins.plugins.provenbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.cli.Shell.Outcome;
import io.jenkins.plugins.provenbackup.engine.storage.ftp.ApacheFtpServer;
import io.jenkins.plugins.provenbackup.engine.storage.s3.S3ProxyServer;
import io.jenkins.plugins.provenbackup.engine.storage.sftp.OpenSshServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One file with the log-ins of several destinations. */
@Timeout(120)
class CredentialsFileTest {

    @TempDir
    Path scratch;

    private Shell shell;
    private Path data;
    private Path file;

    @BeforeEach
    void aSource() throws IOException {
        shell = new Shell(scratch).with(Secrets.PASSWORD, "correct horse");
        data = Files.createDirectories(scratch.resolve("data"));
        Files.writeString(data.resolve("a.txt"), "one");
        file = scratch.resolve("credentials");
    }

    @Test
    void threeKindsOfServersAreOpenedByOneFile() throws Exception {
        Files.createDirectory(scratch.resolve("bucket"));
        try (ApacheFtpServer ftp = ApacheFtpServer.start(Files.createDirectory(scratch.resolve("ftp-server")));
                OpenSshServer sftp = OpenSshServer.start(Files.createDirectory(scratch.resolve("ssh-server")));
                S3ProxyServer s3 = S3ProxyServer.start(scratch)) {
            String ftps = "ftps://127.0.0.1:" + ftp.port() + scratch.resolve("by-ftp");
            String ssh = "sftp://127.0.0.1:" + sftp.port() + scratch.resolve("by-sftp");
            String bucket = "s3://bucket/by-s3?endpoint=http://127.0.0.1:" + s3.port() + "&region=us-east-1";
            // The key lies beside the file, the closer of two places counts, and comments and blanks do no harm.
            Files.copy(sftp.userKey(), scratch.resolve("id_nas"));
            write(
                    """
                    # log-ins
                    [ftps://127.0.0.1:%1$d]
                    user = nobody
                    password = wrong

                    [ftps://127.0.0.1:%1$d%2$s]
                      user = %3$s
                      password = %4$s

                    [sftp://127.0.0.1:%5$d]
                    user = %6$s
                    private-key = id_nas

                    [s3://bucket]
                    user = %7$s
                    password = %8$s
                    """,
                    ftp.port(),
                    scratch.resolve("by-ftp"),
                    ApacheFtpServer.USER,
                    ApacheFtpServer.PASSWORD,
                    sftp.port(),
                    sftp.user(),
                    S3ProxyServer.KEY,
                    S3ProxyServer.SECRET);
            List<String> places = List.of("-r", ftps, "-r", ssh, "-r", bucket);
            List<String> how = List.of(
                    "--credentials",
                    file.toString(),
                    "--tls-ca",
                    ftp.certificate().certificate().toString(),
                    "--known-hosts",
                    sftp.knownHosts().toString());

            Outcome init = run(how, places, "init");
            assertThat(init.status()).as(init.err()).isZero();
            Outcome backup = run(how, places, "backup", data.toString());
            assertThat(backup.status()).as(backup.err()).isZero();
            assertThat(backup.out()).contains(ftps, ssh, bucket).doesNotContain("unreachable");
            // By the variable, and from each alone.
            shell.with(Opening.CREDENTIALS, file.toString());
            for (String place : List.of(ftps, ssh, bucket)) {
                Path target = Files.createTempDirectory(scratch, "restored").resolve("tree");
                Outcome restore = run(
                        how.subList(2, how.size()), List.of("-r", place), "restore", "latest", "-t", target.toString());
                assertThat(restore.status()).as(restore.err()).isZero();
                assertThat(target.resolve("a.txt")).hasContent("one");
            }
        }
    }

    @Test
    void aUserInTheAddressGoesBeforeOneInTheFileAndAWrongPasswordIsNotShown() throws Exception {
        try (ApacheFtpServer ftp = ApacheFtpServer.start(Files.createDirectory(scratch.resolve("ftp-server")))) {
            write("[ftp://127.0.0.1:%d]\nuser = nobody\npassword = %s\n", ftp.port(), ApacheFtpServer.PASSWORD);
            String named = "ftp://" + ApacheFtpServer.USER + "@127.0.0.1:" + ftp.port() + scratch.resolve("place");
            assertThat(shell.run("init", "-r", named, "--credentials", file.toString())
                            .status())
                    .isZero();

            Outcome nobody = shell.run(
                    "snapshots",
                    "-r",
                    "ftp://127.0.0.1:" + ftp.port() + scratch.resolve("place"),
                    "--credentials",
                    file.toString());
            assertThat(nobody.status()).isEqualTo(1);
            assertThat(nobody.err())
                    .contains("Cannot log in to ftp://127.0.0.1", "Check the user name and the password")
                    .doesNotContain(ApacheFtpServer.PASSWORD)
                    .hasLineCount(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password = secret-word",
                "[sftp://nas.example]\npasword = secret-word",
                "[sftp://nas.example]\nsecret-word",
                "[sftp://nas.example\nuser = x",
            })
    void aMistakeIsToldByItsLineAndWithoutTheLine(String text) throws Exception {
        Files.writeString(file, text);

        Outcome outcome = shell.run("snapshots", "-r", "sftp://nas.example/srv", "--credentials", file.toString());

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err())
                .containsPattern("Line [12] of the credentials file '.*credentials'")
                .doesNotContain("secret-word")
                .hasLineCount(1);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Outcome outcome = shell.run("snapshots", "-r", "sftp://nas.example/srv", "--credentials", file.toString());

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err()).contains("Cannot read the credentials file", file.toString());
    }

    private void write(String text, Object... values) throws IOException {
        Files.writeString(file, String.format(java.util.Locale.ROOT, text, values));
    }

    private Outcome run(List<String> how, List<String> places, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(1, places);
        all.addAll(how);
        return shell.run(all.toArray(String[]::new));
    }
}
