package io.jenkins.plugins.provenbackup.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage.Verb;
import io.jenkins.plugins.provenbackup.engine.storage.local.LocalStorage;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetryingStorageTest {

    private static final RetryPolicy POLICY =
            new RetryPolicy(5, Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofMinutes(1));

    @TempDir
    Path directory;

    private final ManualTime time = new ManualTime();
    private FaultyStorage faulty;
    private Storage storage;

    @BeforeEach
    void open() throws Exception {
        faulty = FaultyStorage.over(LocalStorage.open(directory, OpenMode.EXISTING));
        storage = new RetryingStorage(faulty, POLICY, time, new Random(1));
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void triesAgainWithGrowingPauses() throws Exception {
        faulty.on(Verb.PUT).calls(1, 4).fail();

        assertThat(storage.put("keys/1", BytesPayload.of("x"))).isEqualTo(PutOutcome.STORED);

        assertThat(faulty.calls(Verb.PUT)).isEqualTo(5);
        long[] longest = {1000, 2000, 3000, 3000};
        for (int i = 0; i < longest.length; i++) {
            assertThat(time.sleeps().get(i))
                    .isBetween(Duration.ofMillis(longest[i] / 2), Duration.ofMillis(longest[i]));
        }
    }

    @Test
    void givesUpAfterTheLastAttempt() {
        faulty.on(Verb.LIST).fail();

        assertThatThrownBy(() -> storage.list("")).isInstanceOf(StorageException.Transient.class);

        assertThat(faulty.calls(Verb.LIST)).isEqualTo(5);
    }

    @Test
    void givesUpWhenTheTimeIsOver() {
        faulty.on(Verb.SIZE).fail(message -> {
            time.pass(Duration.ofSeconds(40));
            return new StorageException.Transient(message, null);
        });

        assertThatThrownBy(() -> storage.size("keys/1")).isInstanceOf(StorageException.Transient.class);

        assertThat(faulty.calls(Verb.SIZE)).isEqualTo(2);
    }

    @Test
    void doesNotRepeatWhatCannotPass() {
        faulty.on(Verb.PUT).failForGood();

        assertThatThrownBy(() -> storage.put("keys/1", BytesPayload.of("x"))).isInstanceOf(StorageException.class);

        assertThat(faulty.calls(Verb.PUT)).isEqualTo(1);
    }

    @Test
    void findsItsOwnObjectAfterALostAnswer() throws Exception {
        faulty.on(Verb.PUT).call(1).loseAnswer();

        assertThat(storage.put("keys/1", BytesPayload.of("x"))).isEqualTo(PutOutcome.ALREADY_THERE);
    }

    @Test
    void stopsWaitingWhenInterrupted() {
        faulty.on(Verb.DELETE).fail();

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> storage.delete("keys/1")).hasMessageContaining("Interrupted");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(faulty.calls(Verb.DELETE)).isEqualTo(1);
    }

    @Test
    void readsOnWhereAStreamBroke() throws Exception {
        BytesPayload payload = BytesPayload.random(3_000_000, 1);
        faulty.put("archives/1", payload);
        InputStream breaking = new InputStream() {
            private final InputStream good = payload.open();
            private int left = 1_234_567;

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws java.io.IOException {
                if (left == 0) {
                    throw new StorageException.Transient("cut", null);
                }
                int n = good.read(bytes, offset, Math.min(left, length));
                left -= n;
                return n;
            }
        };
        faulty.on(Verb.READ).call(2).fail();

        try (InputStream resuming = new ResumingInputStream(breaking, storage, "archives/1")) {
            assertThat(resuming.readAllBytes()).isEqualTo(payload.bytes());
        }
    }
}
