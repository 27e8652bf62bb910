package io.jenkins.plugins.provenbackup.engine.storage.ftp;

import io.jenkins.plugins.provenbackup.engine.storage.StorageCredentials;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.engine.storage.TestProcess;
import io.jenkins.plugins.provenbackup.engine.storage.sftp.OpenSshServer;
import io.jenkins.plugins.provenbackup.engine.storage.tls.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * vsftpd on a free loopback port, as whoever runs the test: an old-fashioned server without MLST, that insists on resumed
 * TLS sessions. Everybody may log in; its root is this machine's.
 */
public final class VsftpdServer implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/sbin/vsftpd");

    private final TestProcess process;
    private final int port;
    private final TestCertificate certificate;

    private VsftpdServer(TestProcess process, int port, TestCertificate certificate) {
        this.process = process;
        this.port = port;
        this.certificate = certificate;
    }

    /** Starts it with its files in a directory and more lines in its configuration; skips the test where there is none. */
    public static VsftpdServer start(Path directory, String... more) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "no /usr/sbin/vsftpd: install vsftpd");
        TestCertificate certificate = TestCertificate.ofLoopback(directory.resolve("tls"));
        Path empty = Files.createDirectories(directory.resolve("empty"));
        for (int attempt = 1; ; attempt++) {
            int port = OpenSshServer.freePort();
            Path config = Files.writeString(
                    directory.resolve("vsftpd.conf"),
                    config(port, empty, certificate) + String.join("\n", more) + "\n");
            Path log = directory.resolve("vsftpd.log");
            TestProcess process = TestProcess.start(log, PROGRAM.toString(), config.toString());
            if (process.listensAt(port)) {
                return new VsftpdServer(process, port, certificate);
            }
            process.close();
            if (attempt == 3) {
                throw new IOException("vsftpd did not start: " + Files.readString(log));
            }
        }
    }

    public int port() {
        return port;
    }

    public TestProcess process() {
        return process;
    }

    public StorageLocation location(String scheme, Path directory) throws StorageException {
        return location(scheme, directory, port);
    }

    /** The same, through a proxy on another port. */
    public StorageLocation location(String scheme, Path directory, int otherPort) throws StorageException {
        return StorageLocation.parse(scheme + "://anonymous@127.0.0.1:" + otherPort + directory);
    }

    public StorageOptions options() {
        return StorageOptions.defaults()
                .withCredentials(StorageCredentials.none().withPassword("me@example".toCharArray()))
                .withTrustedCertificates(certificate.certificate());
    }

    @Override
    public void close() throws Exception {
        process.close();
    }

    private static String config(int port, Path empty, TestCertificate certificate) {
        return String.join(
                "\n",
                "listen=YES",
                "listen_address=127.0.0.1",
                "listen_port=" + port,
                "background=NO",
                "run_as_launching_user=YES",
                "secure_chroot_dir=" + empty,
                "seccomp_sandbox=NO",
                "anonymous_enable=YES",
                "no_anon_password=YES",
                "anon_root=/",
                "anon_world_readable_only=NO",
                "write_enable=YES",
                "anon_upload_enable=YES",
                "anon_mkdir_write_enable=YES",
                "anon_other_write_enable=YES",
                "anon_umask=022",
                "xferlog_enable=NO",
                "ssl_enable=YES",
                "allow_anon_ssl=YES",
                "require_ssl_reuse=YES",
                "ssl_ciphers=HIGH",
                "rsa_cert_file=" + certificate.certificate(),
                "rsa_private_key_file=" + certificate.key(),
                "");
    }
}
