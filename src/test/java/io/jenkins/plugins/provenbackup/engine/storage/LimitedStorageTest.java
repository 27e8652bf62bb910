package io.jenkins.plugins.provenbackup.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.provenbackup.engine.storage.local.LocalStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitedStorageTest {

    private static final int RATE = 100_000;

    @TempDir
    Path directory;

    private final ManualTime time = new ManualTime();

    @Test
    void keepsUploadsBelowTheRate() throws Exception {
        try (Storage storage = limited(Optional.of(new RateLimit(RATE, time)), Optional.empty())) {
            storage.put("archives/1", BytesPayload.random(1_000_000, 1));
            assertSecondsPassed(10);

            storage.read("archives/1", 0, 1_000_000);
            storage.open("archives/1").readAllBytes();
            assertSecondsPassed(10);
        }
        assertThat(time.sleeps()).allMatch(sleep -> sleep.compareTo(Duration.ofSeconds(1)) < 0);
    }

    @Test
    void keepsDownloadsBelowTheRate() throws Exception {
        try (Storage storage = limited(Optional.empty(), Optional.of(new RateLimit(RATE, time)))) {
            storage.put("archives/1", BytesPayload.random(1_000_000, 1));
            assertSecondsPassed(0);

            storage.read("archives/1", 0, 1_000_000);
            assertSecondsPassed(10);
            storage.open("archives/1").readAllBytes();
            assertSecondsPassed(20);
        }
    }

    @Test
    void sharesTheRateAmongThreads() throws Exception {
        // Real time here: 4 threads take 2 MB at 4 MB/s.
        RateLimit limit = new RateLimit(4_000_000, Time.system());
        long begin = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                for (int n = 0; n < 10; n++) {
                    try {
                        limit.acquire(50_000);
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(490));
    }

    @Test
    void savesNothingUpWhileIdle() throws Exception {
        RateLimit limit = new RateLimit(RATE, time);
        time.pass(Duration.ofHours(1));
        limit.acquire(RATE * 10L);
        assertThat(time.sleeps())
                .singleElement()
                .satisfies(sleep -> assertThat(sleep).isGreaterThan(Duration.ofSeconds(9)));
    }

    @Test
    void answersAnInterrupt() throws Exception {
        try (Storage storage = limited(Optional.of(new RateLimit(RATE, time)), Optional.empty())) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> storage.put("archives/1", BytesPayload.random(1_000_000, 1)))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("nterrupted");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private Storage limited(Optional<RateLimit> upload, Optional<RateLimit> download) throws Exception {
        return new LimitedStorage(LocalStorage.open(directory, OpenMode.EXISTING), upload, download);
    }

    private void assertSecondsPassed(int seconds) {
        assertThat(time.nanoTime() / 1e9).isCloseTo(seconds, within(1.0));
    }
}
