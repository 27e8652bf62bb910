package io.jenkins.plugins.provenbackup.engine.storage.sftp;

import io.jenkins.plugins.provenbackup.engine.storage.StorageCredentials;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real sshd on a free loopback port, with a key of its own and one user key, as root or as an ordinary user. */
public final class OpenSshServer implements AutoCloseable {

    private static final Path SSHD = Path.of("/usr/sbin/sshd");
    private static final long STARTED_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Path directory;
    private final int port;
    private final Process process;

    private OpenSshServer(Path directory, int port, Process process) {
        this.directory = directory;
        this.port = port;
        this.process = process;
    }

    /** Whether this machine has an sshd. */
    public static boolean isInstalled() {
        return Files.isExecutable(SSHD);
    }

    /** Starts it with its files in a directory; skips the test when there is no sshd. */
    public static OpenSshServer start(Path directory) throws Exception {
        return start(directory, "");
    }

    /** The same with options for the SFTP server, such as {@code -P remove,rmdir}. */
    public static OpenSshServer start(Path directory, String sftpOptions) throws Exception {
        Assumptions.assumeTrue(isInstalled(), "no /usr/sbin/sshd: install openssh-server");
        if (System.getProperty("user.name").equals("root")) {
            Files.createDirectories(Path.of("/run/sshd")); // only the service makes it, and root needs it
        }
        Path host = generateKey(directory.resolve("host_key"), "");
        Path user = generateKey(directory.resolve("user_key"), "");
        // A key of its own beside sshd's defaults, because StrictModes dislikes temporary directories.
        Files.copy(Path.of(user + ".pub"), directory.resolve("authorized_keys"));
        for (int attempt = 1; ; attempt++) {
            int port = freePort();
            Path config = directory.resolve("sshd_config");
            Files.writeString(config, config(directory, host, port, sftpOptions));
            Process process = new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", config.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("sshd.log").toFile())
                    .start();
            OpenSshServer server = new OpenSshServer(directory, port, process);
            if (server.answers()) {
                writeKnownHosts(host, port, server.knownHosts());
                return server;
            }
            process.destroyForcibly().waitFor();
            if (attempt == 3) {
                throw new IOException("sshd did not start:\n" + Files.readString(directory.resolve("sshd.log")));
            }
        }
    }

    public int port() {
        return port;
    }

    public String user() {
        return System.getProperty("user.name");
    }

    /** The private key that may log in. */
    public Path userKey() {
        return directory.resolve("user_key");
    }

    /** A file that knows the server's key. */
    public Path knownHosts() {
        return directory.resolve("known_hosts");
    }

    /** The location of a directory of this machine, through the server. */
    public StorageLocation location(Path path) throws StorageException {
        return location(path, port);
    }

    /** The same, through a proxy on another port. */
    public StorageLocation location(Path path, int otherPort) throws StorageException {
        return StorageLocation.parse("sftp://" + user() + "@127.0.0.1:" + otherPort + path);
    }

    /** Log-in by the user key. */
    public StorageOptions options() {
        return StorageOptions.defaults()
                .withCredentials(StorageCredentials.none().withPrivateKey(userKey()))
                .withKnownHosts(knownHosts());
    }

    /** A known_hosts file that expects this server behind another port. */
    public Path knownHostsFor(int otherPort) throws IOException {
        Path file = directory.resolve("known_hosts." + otherPort);
        writeKnownHosts(directory.resolve("host_key"), otherPort, file);
        return file;
    }

    /** Freezes the server processes: connections stay open and nothing is answered. */
    public void freeze() throws IOException {
        signal("-STOP");
    }

    public void thaw() throws IOException {
        signal("-CONT");
    }

    /** Makes a key with ssh-keygen. */
    public static Path generateKey(Path file, String passphrase) throws Exception {
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", file.toString());
        return file;
    }

    @Override
    public void close() throws IOException {
        signal("-CONT");
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        children.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void signal(String signal) throws IOException {
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        for (ProcessHandle handle : all) {
            waitFor(new ProcessBuilder("kill", signal, Long.toString(handle.pid())).start());
        }
    }

    private static String config(Path directory, Path hostKey, int port, String sftpOptions) {
        return String.join(
                "\n",
                "Port " + port,
                "ListenAddress 127.0.0.1",
                "HostKey " + hostKey,
                "PidFile " + directory.resolve("sshd.pid"),
                "AuthorizedKeysFile " + directory.resolve("authorized_keys"),
                "StrictModes no",
                "UsePAM no",
                "PermitRootLogin yes",
                "PasswordAuthentication no",
                "KbdInteractiveAuthentication no",
                "MaxStartups 100",
                "Subsystem sftp internal-sftp " + sftpOptions,
                "");
    }

    private boolean answers() throws InterruptedException {
        long end = System.nanoTime() + STARTED_WITHIN_NANOS;
        while (process.isAlive() && System.nanoTime() < end) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.getInputStream().read() == 'S';
            } catch (IOException notYet) {
                Thread.sleep(20);
            }
        }
        return false;
    }

    private static void writeKnownHosts(Path hostKey, int port, Path file) throws IOException {
        String[] key = Files.readString(Path.of(hostKey + ".pub"), StandardCharsets.US_ASCII)
                .split(" ", -1);
        Files.writeString(file, "[127.0.0.1]:" + port + " " + key[0] + " " + key[1].strip() + "\n");
    }

    /** A loopback port that was free a moment ago. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Runs a command to its end; fails when it does. */
    public static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(File.createTempFile("command", ".log")))
                .start();
        if (waitFor(process) != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + process.exitValue());
        }
    }

    private static int waitFor(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IOException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new IOException("interrupted", cause);
    }
}
