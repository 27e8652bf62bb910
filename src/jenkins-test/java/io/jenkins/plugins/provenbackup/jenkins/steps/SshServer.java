package io.jenkins.plugins.provenbackup.jenkins.steps;

import com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsScope;
import io.jenkins.plugins.provenbackup.engine.storage.StorageCredentials;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupDestination;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A real sshd on a free loopback port, and how Jenkins logs in there. */
final class SshServer implements AutoCloseable {

    private static final String SSHD = "/usr/sbin/sshd";

    private final Path directory;
    private final int port;
    private final Process process;

    private SshServer(Path directory, int port, Process process) {
        this.directory = directory;
        this.port = port;
        this.process = process;
    }

    static SshServer start(Path directory) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of(SSHD)), "no /usr/sbin/sshd: install openssh-server");
        Files.createDirectories(directory);
        if (user().equals("root")) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
        generateKey(directory.resolve("host_key"));
        generateKey(directory.resolve("user_key"));
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path config = directory.resolve("sshd_config");
        Files.write(
                config,
                List.of(
                        "ListenAddress 127.0.0.1:" + port,
                        "HostKey " + directory.resolve("host_key"),
                        "AuthorizedKeysFile " + directory.resolve("user_key.pub"),
                        "PidFile none",
                        "StrictModes no",
                        "UsePAM no",
                        "PasswordAuthentication no",
                        "Subsystem sftp internal-sftp"));
        Process process = new ProcessBuilder(SSHD, "-D", "-e", "-f", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("sshd.log").toFile())
                .start();
        SshServer server = new SshServer(directory, port, process);
        server.awaitAnswer();
        return server;
    }

    private void awaitAnswer() throws Exception {
        for (int attempt = 0; attempt < 100; attempt++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.getInputStream().read() >= 0) {
                    return;
                }
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
        throw new IOException("sshd did not start:\n" + Files.readString(directory.resolve("sshd.log")));
    }

    private static void generateKey(Path file) throws Exception {
        int status = new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString())
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("ssh-keygen ended with status " + status);
        }
    }

    private static String user() {
        return System.getProperty("user.name");
    }

    /** A directory of this machine, through the server. */
    String location(Path path) {
        return "sftp://127.0.0.1:" + port + path;
    }

    String privateKey() throws IOException {
        return Files.readString(directory.resolve("user_key"));
    }

    private String knownHosts() throws IOException {
        String key = Files.readString(directory.resolve("host_key.pub"));
        return "[127.0.0.1]:" + port + " " + key;
    }

    /** The log-in, without Jenkins. */
    StorageOptions options(StorageOptions defaults) {
        try {
            Path known = Files.writeString(directory.resolve("known_hosts"), knownHosts());
            return defaults.withCredentials(
                            StorageCredentials.none().withUser(user()).withPrivateKey(directory.resolve("user_key")))
                    .withKnownHosts(known);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A destination there, with its credentials in Jenkins. */
    BackupDestination destination(String name, Path path) throws IOException {
        BackupSite.add(new BasicSSHUserPrivateKey(
                CredentialsScope.SYSTEM,
                "ssh-" + name,
                user(),
                new BasicSSHUserPrivateKey.DirectEntryPrivateKeySource(privateKey()),
                "",
                ""));
        BackupDestination destination = BackupSite.destination(name, location(path));
        destination.setCredentialsId("ssh-" + name);
        destination.setKnownHosts(knownHosts());
        return destination;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
