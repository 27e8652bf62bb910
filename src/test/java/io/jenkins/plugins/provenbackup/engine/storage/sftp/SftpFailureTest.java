package io.jenkins.plugins.provenbackup.engine.storage.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.storage.BytesPayload;
import io.jenkins.plugins.provenbackup.engine.storage.CuttableProxy;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.PutOutcome;
import io.jenkins.plugins.provenbackup.engine.storage.RetryPolicy;
import io.jenkins.plugins.provenbackup.engine.storage.RetryingStorage;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageCredentials;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.engine.storage.Time;
import io.jenkins.plugins.provenbackup.engine.storage.TinyDisk;
import io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an SFTP storage says and does when the network or the server fails. */
@Timeout(120)
class SftpFailureTest {

    @TempDir
    static Path serverFiles;

    static OpenSshServer sshd;

    @TempDir
    Path directory;

    private Path base;

    @BeforeAll
    static void start() throws Exception {
        sshd = OpenSshServer.start(serverFiles);
    }

    @AfterAll
    static void stop() throws Exception {
        if (sshd != null) {
            sshd.close();
        }
    }

    @BeforeEach
    void createBase() throws Exception {
        base = Files.createDirectory(directory.resolve("base"));
    }

    @Test
    void reportsACutInTheMiddleOfAnUploadAndWorksAfterwards() throws Exception {
        BytesPayload payload = BytesPayload.random(3_000_000, 1);
        try (CuttableProxy proxy = CuttableProxy.to(sshd.port());
                Storage storage = openThrough(proxy)) {
            proxy.cutAfter(1_000_000);

            assertThatThrownBy(() -> storage.put("archives/ab/abc", payload))
                    .isInstanceOf(StorageException.Transient.class)
                    .hasMessageContaining("archives/ab/abc");

            assertThat(storage.size("archives/ab/abc")).isEmpty();
            assertThat(storage.put("archives/ab/abc", payload)).isEqualTo(PutOutcome.STORED);
            assertThat(storage.read("archives/ab/abc", 0, 3_000_000)).isEqualTo(payload.bytes());
            assertThat(base.resolve("archives/ab")).isDirectoryNotContaining("glob:**/.tmp-*");
        }
    }

    @Test
    void retriesThroughACutUpload() throws Exception {
        BytesPayload payload = BytesPayload.random(3_000_000, 1);
        try (CuttableProxy proxy = CuttableProxy.to(sshd.port());
                Storage storage = retrying(openThrough(proxy))) {
            proxy.cutAfter(1_000_000);

            assertThat(storage.put("archives/ab/abc", payload)).isEqualTo(PutOutcome.STORED);
        }
    }

    @Test
    void resumesADownloadAfterACut() throws Exception {
        BytesPayload payload = BytesPayload.random(8_000_000, 1);
        try (CuttableProxy proxy = CuttableProxy.to(sshd.port());
                Storage storage = retrying(openThrough(proxy))) {
            storage.put("archives/ab/abc", payload);

            try (InputStream stream = storage.open("archives/ab/abc")) {
                byte[] begin = stream.readNBytes(1_000_000);
                proxy.cutNow();
                byte[] rest = stream.readAllBytes();
                assertThat(begin.length + rest.length).isEqualTo(8_000_000);
                assertThat(rest).isEqualTo(java.util.Arrays.copyOfRange(payload.bytes(), 1_000_000, 8_000_000));
            }
        }
    }

    @Test
    void reconnectsAfterTheServerWasAway() throws Exception {
        try (CuttableProxy proxy = CuttableProxy.to(sshd.port());
                Storage storage = openThrough(proxy)) {
            proxy.refuse();
            assertThatThrownBy(() -> storage.list("")).isInstanceOf(StorageException.Transient.class);
            proxy.admit();

            assertThat(storage.list("")).isEmpty();
        }
    }

    @Test
    void givesUpOnAServerThatStalls() throws Exception {
        StorageOptions impatient = sshd.options().withTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(2));
        Files.writeString(Files.createDirectory(base.resolve("keys")).resolve("1"), "x");
        try (Storage storage = retryingOpen(impatient)) {
            sshd.freeze();
            try {
                assertThatThrownBy(() -> storage.read("keys/1", 0, 1)).isInstanceOf(StorageException.Transient.class);
            } finally {
                sshd.thaw();
            }

            assertThat(retrying(storage).read("keys/1", 0, 1)).asString().isEqualTo("x");
        }
    }

    @Test
    void givesUpOnAServerThatNeverGreets() throws Exception {
        StorageOptions impatient = sshd.options().withTimeouts(Duration.ofMillis(500), Duration.ofSeconds(2));
        sshd.freeze();
        try {
            assertThatThrownBy(() -> StorageFactory.open(sshd.location(base), impatient, OpenMode.EXISTING))
                    .isInstanceOf(StorageException.Transient.class)
                    .hasMessageContaining("127.0.0.1");
        } finally {
            sshd.thaw();
        }
    }

    @Test
    void answersAnInterruptWhileTheServerStalls() throws Exception {
        try (Storage storage = open(sshd.options())) {
            sshd.freeze();
            Thread caller = Thread.currentThread();
            Thread interrupter = new Thread(() -> {
                try {
                    Thread.sleep(300);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                caller.interrupt();
            });
            interrupter.start();
            long begin = System.nanoTime();
            try {
                assertThatThrownBy(() -> storage.list("")).hasMessageContaining("interrupted");
            } finally {
                Thread.interrupted(); // or join would end at once
                interrupter.join(10_000);
                sshd.thaw();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void refusesAnUnknownServer() throws Exception {
        Path empty = Files.createFile(directory.resolve("known_hosts"));

        for (Path file : List.of(empty, directory.resolve("none"))) {
            assertThatThrownBy(() -> open(sshd.options().withKnownHosts(file)))
                    .isInstanceOf(StorageException.AccessDenied.class)
                    .hasMessageContaining("127.0.0.1 port " + sshd.port())
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("ssh-keyscan -p " + sshd.port() + " 127.0.0.1");
        }
    }

    @Test
    void refusesAServerWithAnotherKey() throws Exception {
        Path other = OpenSshServer.generateKey(directory.resolve("other"), "");
        String key = Files.readString(Path.of(other + ".pub"));
        Path known = directory.resolve("known_hosts");
        Files.writeString(known, "[127.0.0.1]:" + sshd.port() + " " + key);

        assertThatThrownBy(() -> open(sshd.options().withKnownHosts(known)))
                .isInstanceOf(StorageException.AccessDenied.class)
                .hasMessageContaining("differs")
                .hasMessageContaining(known.toString())
                .hasMessageContaining("ssh-keyscan");
    }

    @Test
    void knowsHashedHosts() throws Exception {
        Path hashed = Files.copy(sshd.knownHosts(), directory.resolve("known_hosts"));
        OpenSshServer.run("ssh-keygen", "-q", "-H", "-f", hashed.toString());
        assertThat(hashed).content().startsWith("|1|");

        open(sshd.options().withKnownHosts(hashed)).close();
    }

    @Test
    void refusesAKeyThatTheServerDoesNotKnow() throws Exception {
        Path other = OpenSshServer.generateKey(directory.resolve("other"), "");

        assertThatThrownBy(() -> open(
                        sshd.options().withCredentials(StorageCredentials.none().withPrivateKey(other))))
                .isInstanceOf(StorageException.AccessDenied.class)
                .hasMessageContaining("Cannot log in");
    }

    @Test
    void opensEncryptedKeysByTheirPassphraseOnly() throws Exception {
        Path locked = Files.copy(sshd.userKey(), directory.resolve("locked"));
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rw-------"));
        OpenSshServer.run("ssh-keygen", "-q", "-p", "-P", "", "-N", "open sesame", "-f", locked.toString());
        StorageCredentials none = StorageCredentials.none();

        open(sshd.options().withCredentials(none.withPrivateKey(locked, "open sesame".toCharArray())))
                .close();
        assertThatThrownBy(
                        () -> open(sshd.options().withCredentials(none.withPrivateKey(locked, "wrong".toCharArray()))))
                .isInstanceOf(StorageException.AccessDenied.class)
                .hasMessageContaining("passphrase is wrong")
                .message()
                .doesNotContain("open sesame");
        assertThatThrownBy(() -> open(sshd.options().withCredentials(none.withPrivateKey(locked))))
                .hasMessageContaining("passphrase is missing");
        assertThatThrownBy(() -> open(sshd.options().withCredentials(none.withPrivateKey(base.resolve("none")))))
                .hasMessageContaining("Cannot read the private key");
    }

    @Test
    void createsTheBaseOnlyWhenAsked() throws Exception {
        StorageLocation nested = sshd.location(base.resolve("a/b c%41"));

        assertThatThrownBy(() -> StorageFactory.open(nested, sshd.options(), OpenMode.EXISTING))
                .isInstanceOf(StorageException.Missing.class)
                .hasMessageContaining("init");
        assertThat(base).isEmptyDirectory();

        try (Storage storage = StorageFactory.open(nested, sshd.options(), OpenMode.CREATE)) {
            storage.put("keys/1", BytesPayload.of("x"));
        }
        assertThat(base.resolve("a/b cA/keys/1")).exists();
    }

    @Test
    void saysWhenItMayNotWrite() throws Exception {
        if (isRoot()) {
            try (TinyDisk disk = TinyDisk.mount(base, 100)) {
                disk.makeReadOnly();
                requireWriteDenied();
            }
        } else {
            Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("r-xr-xr-x"));
            requireWriteDenied();
        }
    }

    @Test
    void saysWhenTheDiskIsFull() throws Exception {
        try (TinyDisk disk = TinyDisk.mount(base, 200);
                Storage storage = open(sshd.options())) {
            assertThatThrownBy(() -> storage.put("archives/ab/abc", BytesPayload.random(1_000_000, 1)))
                    .isInstanceOf(StorageException.Full.class)
                    .hasMessageContaining("archives/ab/abc");

            assertThat(storage.size("archives/ab/abc")).isEmpty();
            assertThat(storage.put("archives/ab/small", BytesPayload.random(1000, 1)))
                    .isEqualTo(PutOutcome.STORED);
            assertThat(disk.path().resolve("archives/ab")).isDirectoryNotContaining("glob:**/.tmp-*");
        }
    }

    @Test
    void logsNothing() throws Exception {
        List<String> logged = new ArrayList<>();
        Handler recorder = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                if (!String.valueOf(entry.getLoggerName()).startsWith("org.junit")) {
                    logged.add(entry.getLoggerName() + ": " + entry.getMessage());
                }
            }

            @Override
            public void flush() {
                // nothing is kept back
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        Logger root = Logger.getLogger("");
        root.addHandler(recorder);
        try (Storage storage = open(sshd.options())) {
            storage.put("keys/1", BytesPayload.of("x"));
            assertThatThrownBy(() -> storage.open("keys/2")).isInstanceOf(StorageException.Missing.class);
        } finally {
            root.removeHandler(recorder);
        }
        assertThat(logged).isEmpty();
    }

    private void requireWriteDenied() throws Exception {
        try (Storage storage = open(sshd.options())) {
            assertThatThrownBy(() -> storage.put("archives/ab/abc", BytesPayload.of("x")))
                    .isInstanceOf(StorageException.AccessDenied.class)
                    .hasMessageContaining("archives/ab/abc");
        }
    }

    private Storage open(StorageOptions options) throws Exception {
        return StorageFactory.open(sshd.location(base), options, OpenMode.EXISTING);
    }

    private Storage openThrough(CuttableProxy proxy) throws Exception {
        return StorageFactory.open(
                sshd.location(base, proxy.port()),
                sshd.options().withKnownHosts(sshd.knownHostsFor(proxy.port())),
                OpenMode.EXISTING);
    }

    /** A slow machine may need more than one attempt with a short timeout. */
    private Storage retryingOpen(StorageOptions options) throws Exception {
        StorageException last = null;
        for (int i = 0; i < 10; i++) {
            try {
                return open(options);
            } catch (StorageException.Transient e) {
                last = e;
            }
        }
        throw last;
    }

    private static Storage retrying(Storage storage) {
        RetryPolicy quick = new RetryPolicy(5, Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofMinutes(1));
        return new RetryingStorage(storage, quick, Time.system(), new Random(1));
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }
}
