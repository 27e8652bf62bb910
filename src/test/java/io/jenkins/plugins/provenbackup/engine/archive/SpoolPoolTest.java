package io.jenkins.plugins.provenbackup.engine.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolPoolTest {

    @TempDir
    private Path directory;

    private static void write(Spool spool, byte[] content) throws IOException {
        int half = content.length / 2;
        spool.append(content, 0, half);
        spool.append(content, half, content.length - half);
    }

    private static byte[] contentOf(Spool spool) throws IOException {
        try (InputStream in = new SpoolStream(spool)) {
            return in.readAllBytes();
        }
    }

    @Test
    void fallsToFilesWhenAllBuffersAreTaken() throws IOException {
        try (SpoolPool pool = new SpoolPool(10_000, 2, directory)) {
            List<Spool> spools = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                spools.add(pool.acquire(10_000));
                write(spools.get(i), Bytes.random(i, 10_000));
            }
            assertThat(pool.buffers()).isEqualTo(2);
            assertThat(pool.files()).isEqualTo(3);
            for (int i = 0; i < 5; i++) {
                assertThat(contentOf(spools.get(i))).isEqualTo(Bytes.random(i, 10_000));
            }
            spools.forEach(Spool::release);
            spools.forEach(Spool::release);
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void usesABufferAgainAndShowsNobodyTheNextArchive() throws IOException {
        try (SpoolPool pool = new SpoolPool(1_000, 1, directory.resolve("missing"))) {
            Spool first = pool.acquire(1_000);
            write(first, new byte[1_000]);
            InputStream late = new SpoolStream(first);
            assertThat(late.read()).isZero();
            first.release();

            Spool second = pool.acquire(1_000);
            write(second, Bytes.random(1, 1_000));

            assertThat(pool.buffers()).isEqualTo(1);
            assertThatThrownBy(late::read).isInstanceOf(IOException.class).hasMessageContaining("released");
            assertThatThrownBy(() -> first.append(new byte[1], 0, 1)).isInstanceOf(IOException.class);
            first.release();
            assertThat(contentOf(second)).isEqualTo(Bytes.random(1, 1_000));
            Spool third;
            try {
                third = pool.acquire(1_000);
                third.release();
                throw new AssertionError("releasing twice must not free a buffer that is in use");
            } catch (StorageException expected) {
                assertThat(expected).hasMessageContaining("missing");
            }
        }
    }

    @Test
    void whatIsTooLargeForABufferGoesToAFile() throws IOException {
        try (SpoolPool pool = new SpoolPool(1_000, 2, directory)) {
            Spool spool = pool.acquire(1_001);
            write(spool, Bytes.random(1, 1_001));
            assertThat(pool.buffers()).isZero();
            assertThat(contentOf(spool)).isEqualTo(Bytes.random(1, 1_001));
            spool.release();
            assertThatThrownBy(() -> contentOf(spool)).hasMessageContaining("released");
        }
    }

    @Test
    void aFileIsForItsOwnerAloneAndGoneWithTheProcess() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")));
        Spool spool = FileSpool.createIn(directory);
        write(spool, new byte[100]);
        assertThat(directory).isEmptyDirectory();
        spool.release();
    }

    @Test
    void anInterruptedReaderDisturbsNoOther() throws Exception {
        Spool spool = FileSpool.createIn(directory);
        write(spool, Bytes.random(1, 100_000));
        AtomicReference<Object> seen = new AtomicReference<>();
        Thread interrupted = new Thread(() -> {
            Thread.currentThread().interrupt();
            try {
                seen.set(contentOf(spool));
            } catch (IOException e) {
                seen.set(e);
            }
        });
        interrupted.start();
        interrupted.join();
        assertThat(seen.get()).isEqualTo(Bytes.random(1, 100_000));
        assertThat(contentOf(spool)).isEqualTo(Bytes.random(1, 100_000));
        spool.release();
    }

    @Test
    void aFullDiskIsSaidAloud() throws IOException {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.isWritable(full));
        Spool spool = new FileSpool(full);
        assertThatThrownBy(() -> spool.append(new byte[100], 0, 100))
                .isInstanceOf(StorageException.Full.class)
                .hasMessageContaining("Make room in /dev");
        spool.release();
    }

    @Test
    void aMissingDirectoryIsSaidAloud() {
        try (SpoolPool pool = new SpoolPool(1_000, 0, directory.resolve("missing"))) {
            assertThatThrownBy(() -> pool.acquire(10))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("missing");
        }
    }

    @Test
    void archivesOutliveTheirPool() throws IOException {
        SpoolPool pool = new SpoolPool(1_000, 1, directory);
        Spool spool = pool.acquire(1_000);
        write(spool, Bytes.random(1, 1_000));
        pool.close();

        assertThat(contentOf(spool)).isEqualTo(Bytes.random(1, 1_000));
        spool.release();
        assertThatThrownBy(() -> pool.acquire(10)).isInstanceOf(IllegalStateException.class);
    }
}
