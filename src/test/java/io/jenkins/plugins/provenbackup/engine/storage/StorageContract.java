package io.jenkins.plugins.provenbackup.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every storage does, whatever it is made of. */
public abstract class StorageContract extends StorageReadingContract {

    private static final int WRITERS = 8;

    @Test
    void givesBackWhatWasPut() throws Exception {
        BytesPayload payload = BytesPayload.random(300_000, 1);

        assertThat(storage.put("archives/ab/abc", payload)).isEqualTo(PutOutcome.STORED);

        assertThat(contentOf("archives/ab/abc")).isEqualTo(payload.bytes());
        assertThat(storage.size("archives/ab/abc")).hasValue(300_000);
    }

    @Test
    void storesAnEmptyObject() throws Exception {
        storage.put("holds/empty", BytesPayload.of(""));

        assertThat(contentOf("holds/empty")).isEmpty();
        assertThat(storage.size("holds/empty")).hasValue(0);
    }

    @Test
    void saysAlreadyThereForTheSameContent() throws Exception {
        storage.put("snapshots/s/1", BytesPayload.of("one"));

        assertThat(storage.put("snapshots/s/1", BytesPayload.of("one"))).isEqualTo(PutOutcome.ALREADY_THERE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"two", "longer"})
    void neverReplacesOtherContent(String other) throws Exception {
        storage.put("archives/ab/abc", BytesPayload.of("one"));

        assertThatThrownBy(() -> storage.put("archives/ab/abc", BytesPayload.of(other)))
                .isInstanceOf(StorageException.Conflict.class)
                .hasMessageContaining("archives/ab/abc")
                .hasMessageContaining(storage.location());

        assertThat(contentOf("archives/ab/abc")).asString().isEqualTo("one");
        assertThat(temporaryFiles()).isEmpty();
    }

    @Test
    void replacesTheOneMutableObject() throws Exception {
        storage.replace("RECOVERY.md", BytesPayload.of("first"));
        storage.replace("RECOVERY.md", BytesPayload.of("second, longer"));
        storage.replace("RECOVERY.md", BytesPayload.of("third"));

        assertThat(contentOf("RECOVERY.md")).asString().isEqualTo("third");
        assertThat(temporaryFiles()).isEmpty();
        assertThat(storage.list("")).hasSize(1);
    }

    @Test
    void seesAtOnceWhatAnotherClientDid() throws Exception {
        assertThat(storage.size("keys/1.json")).isEmpty();
        try (Storage other = open(directory.resolve("base"))) {
            other.put("keys/1.json", BytesPayload.of("key"));
            assertThat(storage.size("keys/1.json")).hasValue(3);
            assertThat(storage.list("keys")).hasSize(1);
            other.delete("keys/1.json");
        }
        assertThat(storage.size("keys/1.json")).isEmpty();
        assertThat(storage.list("keys")).isEmpty();
    }

    @Test
    void deletesWhatIsThereAndBearsWhatIsNot() throws Exception {
        storage.put("holds/s/1", BytesPayload.of("x"));

        storage.delete("holds/s/1");
        storage.delete("holds/s/1");
        storage.delete("nowhere/s/1");

        assertThat(storage.size("holds/s/1")).isEmpty();
        assertThat(storage.put("holds/s/1", BytesPayload.of("y"))).isEqualTo(PutOutcome.STORED);
    }

    @Test
    void letsOneOfManyWritersOfOneNameWin() throws Exception {
        BytesPayload payload = BytesPayload.random(2_000_000, 3);

        List<PutOutcome> outcomes = together(writer -> storage.put("archives/ab/same", payload));

        assertThat(outcomes).containsOnlyOnce(PutOutcome.STORED).hasSize(WRITERS);
        assertThat(contentOf("archives/ab/same")).isEqualTo(payload.bytes());
        assertThat(temporaryFiles()).isEmpty();
    }

    @Test
    void neverMixesWritersOfDifferentContentUnderOneName() throws Exception {
        List<BytesPayload> payloads = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            payloads.add(BytesPayload.random(500_000, i));
        }

        List<String> outcomes = together(writer -> {
            try {
                return storage.put("archives/ab/same", payloads.get(writer)).toString();
            } catch (StorageException.Conflict e) {
                return "conflict";
            }
        });

        assertThat(outcomes).containsOnlyOnce("STORED").hasSize(WRITERS);
        assertThat(contentOf("archives/ab/same"))
                .isEqualTo(payloads.get(outcomes.indexOf("STORED")).bytes());
    }

    @Test
    void storesDifferentNamesAtOnce() throws Exception {
        together(writer -> {
            for (int i = 0; i < 5; i++) {
                String name = "archives/" + writer % 3 + "/" + writer + "-" + i;
                BytesPayload payload = BytesPayload.random(100_000, writer * 100L + i);
                storage.put(name, payload);
                assertThat(storage.read(name, 0, 100_000)).isEqualTo(payload.bytes());
            }
            return writer;
        });

        assertThat(storage.list("archives")).hasSize(WRITERS * 5);
    }

    @Test
    protected void neverShowsAHalfWrittenObject() throws Exception {
        BytesPayload payload = BytesPayload.random(1_000_000, 4);
        ExecutorService watcher = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> looks = watcher.submit(() -> {
                int count = 0;
                while (true) {
                    var size = storage.size("archives/ab/last");
                    for (StoredObject object : storage.list("archives")) {
                        assertThat(object.size()).isEqualTo(1_000_000);
                    }
                    count++;
                    if (size.isPresent()) {
                        return count;
                    }
                }
            });
            for (int i = 0; i < 20; i++) {
                storage.put("archives/ab/" + i, payload);
            }
            storage.put("archives/ab/last", payload);
            assertThat(looks.get()).isPositive();
        } finally {
            watcher.shutdownNow();
        }
    }

    @Test
    void leavesNothingWhenTheContentCannotBeRead() throws Exception {
        BytesPayload good = BytesPayload.random(1_000_000, 5);
        Payload tooShort = new Payload() {
            @Override
            public long size() {
                return good.size() + 1;
            }

            @Override
            public byte[] sha256() {
                return good.sha256();
            }

            @Override
            public InputStream open() {
                return good.open();
            }
        };

        assertThatThrownBy(() -> storage.put("archives/ab/abc", tooShort))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("1000000 bytes instead of 1000001");

        assertThat(storage.size("archives/ab/abc")).isEmpty();
        assertThat(temporaryFiles()).isEmpty();
    }

    @Test
    void answersAnInterrupt() throws Exception {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> storage.put("archives/ab/abc", BytesPayload.random(5_000_000, 6)))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("interrupted");
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
        assertThat(storage.put("archives/ab/abc", BytesPayload.random(5_000_000, 6)))
                .isIn(PutOutcome.STORED, PutOutcome.ALREADY_THERE);
    }

    protected List<String> temporaryFiles() throws Exception {
        try (var files = Files.walk(directory.resolve("base"))) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith(".tmp-"))
                    .toList();
        }
    }

    interface Writer<T> {
        T write(int number) throws Exception;
    }

    private static <T> List<T> together(Writer<T> writer) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(WRITERS);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int number = i;
                Callable<T> task = () -> {
                    start.await();
                    return writer.write(number);
                };
                futures.add(pool.submit(task));
            }
            start.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}
