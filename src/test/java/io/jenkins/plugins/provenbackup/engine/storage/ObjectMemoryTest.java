package io.jenkins.plugins.provenbackup.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.ManualClock;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage.Verb;
import io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectMemoryTest {

    private static final ObjectMemory.Rule RULE = new ObjectMemory.Rule() {
        @Override
        public boolean keeps(String name) {
            return name.startsWith("small/");
        }

        @Override
        public boolean fits(String name, byte[] content) {
            return !name.endsWith("-broken");
        }
    };

    @TempDir
    private Path place;

    private final ManualClock clock = new ManualClock();
    private final ObjectMemory memory = new ObjectMemory(RULE, 1 << 20, Duration.ofHours(1), clock);
    private FaultyStorage inner;
    private Storage storage;

    @BeforeEach
    void open() throws Exception {
        inner = FaultyStorage.over(
                StorageFactory.open(StorageLocation.of(place), StorageOptions.defaults(), OpenMode.CREATE));
        storage = memory.over(inner);
        storage.put("small/a", BytesPayload.of("first"));
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void anObjectIsTakenFromMemoryOnlyWhileItIsListed() throws Exception {
        assertThat(text("small/a")).isEqualTo("first");
        assertThat(memory.used()).as("nobody listed it").isZero();
        storage.list("small");
        assertThat(text("small/a")).isEqualTo("first");
        assertThat(text("small/a")).isEqualTo("first");
        assertThat(inner.calls(Verb.OPEN)).isEqualTo(2);

        Storage reopened = memory.over(inner);
        assertThat(new String(reopened.open("small/a").readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("first");
        assertThat(inner.calls(Verb.OPEN)).as("not listed since it was opened").isEqualTo(3);
        reopened.list("");
        reopened.open("small/a").close();
        assertThat(inner.calls(Verb.OPEN)).isEqualTo(3);
    }

    @Test
    void whatIsDeletedIsGone() throws Exception {
        storage.list("small");
        text("small/a");
        storage.delete("small/a");
        assertThatThrownBy(() -> text("small/a")).isInstanceOf(StorageException.Missing.class);

        storage.put("small/a", BytesPayload.of("second"));
        storage.list("small");
        assertThat(text("small/a")).isEqualTo("second");
        Files.delete(place.resolve("small/a"));
        storage.list("small");
        assertThatThrownBy(() -> text("small/a")).isInstanceOf(StorageException.Missing.class);
        assertThat(memory.used()).isZero();
    }

    @Test
    void whatChangedSinceItWasListedIsNotKept() throws Exception {
        storage.list("small");
        Files.writeString(place.resolve("small/a"), "somewhat longer than before");
        assertThat(text("small/a")).isEqualTo("somewhat longer than before");
        assertThat(memory.used()).isZero();
    }

    @Test
    void largeOrWrongOrOtherObjectsAreNotKept() throws Exception {
        storage.put("small/large", BytesPayload.of("x".repeat((1 << 20) + 1)));
        storage.put("small/c-broken", BytesPayload.of("x"));
        storage.put("other/d", BytesPayload.of("x"));
        storage.list("");
        for (String name : new String[] {"small/large", "small/c-broken", "other/d"}) {
            text(name);
            assertThat(memory.used()).as(name).isZero();
        }
    }

    @Test
    void whatIsOldIsForgotten() throws Exception {
        storage.list("small");
        text("small/a");
        clock.advance(Duration.ofHours(1));
        text("small/a");
        assertThat(inner.calls(Verb.OPEN)).isEqualTo(2);
        clock.advance(Duration.ofHours(1));
        memory.over(inner);
        assertThat(memory.used()).isZero();
    }

    private String text(String name) throws Exception {
        try (var in = storage.open(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
