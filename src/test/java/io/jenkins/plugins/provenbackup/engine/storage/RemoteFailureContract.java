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
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every remote storage says and does when the network, the server or the account fails. */
@Timeout(120)
public abstract class RemoteFailureContract {

    @TempDir
    protected Path directory;

    protected Path base;

    /** Where the server listens. */
    protected abstract int port();

    /** A directory of this machine through the server, which seems to listen at this port. */
    protected abstract StorageLocation location(Path path, int port) throws Exception;

    /** What opens a storage through this port. */
    protected abstract StorageOptions options(int port) throws Exception;

    /** A way to the same directory for an account that may not delete. */
    protected abstract Storage openWithoutRightToDelete(Path path) throws Exception;

    /** Lets the server write there. */
    protected void share(Path path) throws Exception {
        // nothing to do for a server that runs as the user of the test
    }

    /** The error that a full disk gives, which not every server tells from others. */
    protected Class<? extends StorageException> whenFull() {
        return StorageException.Full.class;
    }

    @BeforeEach
    void createBase() throws Exception {
        base = Files.createDirectory(directory.resolve("base"));
        share(base);
    }

    @Test
    void neverShowsHalfAnObjectWhereverTheConnectionIsCut() throws Exception {
        BytesPayload payload = BytesPayload.random(700_000, 1);
        try (CuttableProxy proxy = CuttableProxy.to(port());
                Storage storage = openThrough(proxy)) {
            int number = 0;
            for (long bytes : List.of(1L, 150L, 400L, 800L, 1500L, 2500L, 5000L, 300_000L, 690_000L, 701_500L)) {
                String name = "archives/ab/object-" + number++;
                proxy.cutAfter(bytes);
                try {
                    storage.put(name, payload);
                } catch (StorageException.Transient cut) {
                    assertThat(cut).hasMessageContaining(name);
                }
                Path file = base.resolve(name);
                if (Files.exists(file)) {
                    assertThat(file).hasBinaryContent(payload.bytes());
                }
                proxy.cutAfter(Long.MAX_VALUE);
                assertThat(retrying(storage).put(name, payload)).isIn(PutOutcome.STORED, PutOutcome.ALREADY_THERE);
                assertThat(file).hasBinaryContent(payload.bytes());
            }
            assertThat(storage.list("archives")).hasSize(number);
        }
    }

    @Test
    void resumesADownloadAfterACut() throws Exception {
        BytesPayload payload = BytesPayload.random(8_000_000, 1);
        try (CuttableProxy proxy = CuttableProxy.to(port());
                Storage storage = retrying(openThrough(proxy))) {
            storage.put("archives/ab/abc", payload);

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
        Files.writeString(Files.createDirectory(base.resolve("keys")).resolve("1"), "x");
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
    void createsTheBaseOnlyWhenAsked() throws Exception {
        StorageLocation nested = location(base.resolve("a/b c%41"), port());

        assertThatThrownBy(() -> StorageFactory.open(nested, options(port()), OpenMode.EXISTING))
                .isInstanceOf(StorageException.Missing.class)
                .hasMessageContaining("init");
        assertThat(base).isEmptyDirectory();

        try (Storage storage = StorageFactory.open(nested, options(port()), OpenMode.CREATE)) {
            storage.put("keys/1", BytesPayload.of("x"));
            assertThat(storage.list(""))
                    .singleElement()
                    .satisfies(object -> assertThat(object.name()).isEqualTo("keys/1"));
        }
        assertThat(base.resolve("a/b cA/keys/1")).exists();
    }

    @Test
    void writesForAnAccountThatMayNotDelete() throws Exception {
        try (Storage storage = openWithoutRightToDelete(base)) {
            for (int i = 0; i < 3; i++) {
                assertThat(storage.put("archives/ab/" + i, BytesPayload.random(100_000, i)))
                        .isEqualTo(PutOutcome.STORED);
            }
            assertThat(storage.put("archives/ab/1", BytesPayload.random(100_000, 1)))
                    .isEqualTo(PutOutcome.ALREADY_THERE);

            assertThatThrownBy(() -> storage.delete("archives/ab/1"))
                    .isInstanceOf(StorageException.AccessDenied.class)
                    .hasMessageContaining("archives/ab/1");

            assertThat(storage.list("archives")).hasSize(3);
        }
    }

    @Test
    void saysWhenTheDiskIsFull() throws Exception {
        try (TinyDisk disk = TinyDisk.mount(base, 400)) {
            share(disk.path());
            try (Storage storage = open()) {
                assertThatThrownBy(() -> storage.put("archives/ab/abc", BytesPayload.random(3_000_000, 1)))
                        .isInstanceOf(whenFull())
                        .hasMessageContaining("archives/ab/abc");

                assertThat(storage.size("archives/ab/abc")).isEmpty();
                assertThat(storage.put("archives/ab/small", BytesPayload.random(1000, 1)))
                        .isEqualTo(PutOutcome.STORED);
                assertThat(disk.path().resolve("archives/ab")).isDirectoryNotContaining("glob:**/.tmp-*");
            }
        }
    }

    protected final Storage open() throws Exception {
        return open(options(port()));
    }

    protected final Storage open(StorageOptions options) throws Exception {
        return StorageFactory.open(location(base, port()), options, OpenMode.EXISTING);
    }

    private Storage openThrough(CuttableProxy proxy) throws Exception {
        return StorageFactory.open(location(base, proxy.port()), options(proxy.port()), OpenMode.EXISTING);
    }

    /** A slow machine may need some attempts. */
    private static Storage retrying(Storage storage) {
        RetryPolicy quick = new RetryPolicy(8, Duration.ofMillis(10), Duration.ofMillis(200), Duration.ofMinutes(1));
        return new RetryingStorage(storage, quick, Time.system(), new Random(1));
    }
}
