package io.jenkins.plugins.provenbackup.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage.Verb;
import io.jenkins.plugins.provenbackup.engine.storage.local.LocalStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultyStorageTest {

    @TempDir
    Path directory;

    private FaultyStorage storage;

    @BeforeEach
    void open() throws Exception {
        storage = FaultyStorage.over(LocalStorage.open(directory, OpenMode.EXISTING));
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void failsTheNthCallOnly() throws Exception {
        storage.on(Verb.PUT).named("archives/").call(2).fail();

        storage.put("archives/1", BytesPayload.of("x"));
        storage.put("keys/1", BytesPayload.of("x"));
        assertThatThrownBy(() -> storage.put("archives/2", BytesPayload.of("x")))
                .isInstanceOf(StorageException.Transient.class);
        storage.put("archives/2", BytesPayload.of("x"));

        assertThat(storage.calls(Verb.PUT)).isEqualTo(4);
    }

    @Test
    void leavesHalfTemporaryObjects() throws Exception {
        storage.on(Verb.PUT).cutShort(2);

        assertThatThrownBy(() -> storage.put("archives/1", BytesPayload.of("1234")))
                .isInstanceOf(StorageException.Transient.class);

        assertThat(storage.list("")).isEmpty();
        assertThat(directory.resolve("archives"))
                .isDirectoryContaining(file -> file.toFile().length() == 2);
    }

    @Test
    void leavesHalfObjects() throws Exception {
        storage.on(Verb.PUT).call(1).leaveHalfObject(2);

        assertThatThrownBy(() -> storage.put("archives/1", BytesPayload.of("1234")))
                .isInstanceOf(StorageException.Transient.class);

        assertThat(storage.size("archives/1")).hasValue(2);
    }

    @Test
    void losesTheAnswer() throws Exception {
        storage.on(Verb.PUT).call(1).loseAnswer();

        assertThatThrownBy(() -> storage.put("archives/1", BytesPayload.of("1234")))
                .isInstanceOf(StorageException.Transient.class);

        assertThat(storage.put("archives/1", BytesPayload.of("1234"))).isEqualTo(PutOutcome.ALREADY_THERE);
    }

    @Test
    void flipsBits() throws Exception {
        storage.put("archives/1", BytesPayload.of("aaaa"));
        storage.on(Verb.READ, Verb.OPEN).flipBit(1);

        assertThat(storage.read("archives/1", 0, 4)).asString().isEqualTo("a`aa");
        assertThat(storage.open("archives/1").readAllBytes()).asString().isEqualTo("a`aa");
        assertThat(storage.heal().read("archives/1", 0, 4)).asString().isEqualTo("aaaa");
    }

    @Test
    void deniesDeletesAndLiesAboutLists() throws Exception {
        storage.put("archives/1", BytesPayload.of("a"));
        storage.denyDeletes()
                .on(Verb.LIST)
                .call(1)
                .hide(object -> true)
                .on(Verb.LIST)
                .call(1)
                .invent(new StoredObject("archives/2", 1, Instant.EPOCH));

        assertThatThrownBy(() -> storage.delete("archives/1")).isInstanceOf(StorageException.AccessDenied.class);
        assertThat(storage.list("")).isEmpty();
        assertThat(storage.list("")).hasSize(2);
        assertThat(storage.list("")).hasSize(1);
    }

    @Test
    void stallsUntilInterrupted() {
        storage.on().stall(Duration.ofHours(1));

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> storage.size("archives/1")).hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void diesForGood() throws Exception {
        storage.dieAt(2);

        storage.size("archives/1");
        assertThatThrownBy(() -> storage.list("")).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> storage.put("archives/1", BytesPayload.of("a")))
                .isInstanceOf(StorageException.class);
    }
}
