package io.jenkins.plugins.provenbackup.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every remote storage says and does when the network or the server fails, also one that only reads. */
@Timeout(120)
public abstract class RemoteReadingContract implements RemotePlace {

    @TempDir
    protected Path directory;

    protected Path base;

    /** Lets the server use a directory. */
    protected void share(Path path) throws Exception {
        // nothing to do for a server that runs as the user of the test
    }

    /** Puts an object there, past the storage. */
    protected void place(String name, byte[] content) throws Exception {
        Path file = base.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    @BeforeEach
    protected void createBase() throws Exception {
        base = Files.createDirectory(directory.resolve("base"));
        share(base);
    }

    @Override
    public final Path base() {
        return base;
    }

    @Override
    public final Path directory() {
        return directory;
    }

    @Test
    void resumesADownloadAfterACut() throws Exception {
        BytesPayload payload = BytesPayload.random(8_000_000, 1);
        try (CuttableProxy proxy = CuttableProxy.to(port());
                Storage storage = retrying(openThrough(proxy))) {
            place("archives/ab/abc", payload.bytes());

            try (InputStream stream = storage.open("archives/ab/abc")) {
                byte[] begin = stream.readNBytes(1_000_000);
                proxy.cutNow();
                byte[] rest = stream.readAllBytes();
                assertThat(begin.length + rest.length).isEqualTo(8_000_000);
                assertThat(rest).isEqualTo(Arrays.copyOfRange(payload.bytes(), 1_000_000, 8_000_000));
            }
        }
    }

    @Test
    void reconnectsAfterTheServerWasAway() throws Exception {
        try (CuttableProxy proxy = CuttableProxy.to(port());
                Storage storage = openThrough(proxy)) {
            proxy.refuse();
            assertThatThrownBy(() -> storage.list("")).isInstanceOf(StorageException.Transient.class);
            proxy.admit();

            assertThat(retrying(storage).list("")).isEmpty();
        }
    }

    @Test
    void givesUpOnAServerThatNeverSaysAnything() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            int port = silent.getLocalPort();
            StorageOptions impatient = options(port).withTimeouts(Duration.ofMillis(500), Duration.ofSeconds(2));
            long begin = System.nanoTime();

            assertThatThrownBy(() -> StorageFactory.open(location(base, port), impatient, OpenMode.EXISTING))
                    .isInstanceOf(StorageException.Transient.class)
                    .hasMessageContaining("127.0.0.1");

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
        }
    }

    @Test
    void givesUpOnAServerThatStallsInTheMiddle() throws Exception {
        place("keys/1", new byte[] {'x'});
        try (CuttableProxy proxy = CuttableProxy.to(port());
                Storage storage = StorageFactory.open(
                        location(base, proxy.port()),
                        options(proxy.port()).withTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(2)),
                        OpenMode.EXISTING)) {
            proxy.hold();
            long begin = System.nanoTime();
            assertThatThrownBy(() -> storage.read("keys/1", 0, 1)).isInstanceOf(StorageException.Transient.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
            proxy.release();

            assertThat(retrying(storage).read("keys/1", 0, 1)).asString().isEqualTo("x");
        }
    }

    @Test
    void answersAnInterruptWhileTheServerStalls() throws Exception {
        try (CuttableProxy proxy = CuttableProxy.to(port());
                Storage storage = openThrough(proxy)) {
            proxy.hold();
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
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void saysWhenNothingIsThere() throws Exception {
        StorageLocation nowhere = location(base.resolve("no such/folder"), port());

        assertThatThrownBy(() -> StorageFactory.open(nowhere, options(port()), OpenMode.EXISTING))
                .isInstanceOf(StorageException.Missing.class)
                .hasMessageContaining(nowhere.toString());
    }

    protected final Storage openThrough(CuttableProxy proxy) throws Exception {
        return StorageFactory.open(location(base, proxy.port()), options(proxy.port()), OpenMode.EXISTING);
    }

    /** A slow machine may need some attempts. */
    protected static Storage retrying(Storage storage) {
        RetryPolicy quick = new RetryPolicy(8, Duration.ofMillis(10), Duration.ofMillis(200), Duration.ofMinutes(1));
        return new RetryingStorage(storage, quick, Time.system(), new Random(1));
    }
}
