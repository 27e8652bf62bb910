package io.jenkins.plugins.provenbackup.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every storage shows of what is there, also one that only reads. */
public abstract class StorageReadingContract {

    private static final int MANY = 10_000;
    private static final int FOLDERS = 100;

    @TempDir
    protected Path directory;

    protected Storage storage;

    /** Opens the storage over a directory that exists. */
    protected abstract Storage open(Path base) throws Exception;

    /** Puts an object there, or something else, past the storage. */
    protected void place(String name, byte[] content) throws Exception {
        Path file = directory.resolve("base").resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    /** Puts many objects of one byte there, past the storage. */
    protected void placeMany(List<String> names) throws Exception {
        for (String name : names) {
            place(name, new byte[] {'x'});
        }
    }

    @BeforeEach
    protected void openStorage() throws Exception {
        storage = open(Files.createDirectory(directory.resolve("base")));
    }

    @AfterEach
    void closeStorage() {
        storage.close();
    }

    @Test
    void readsWhatIsThere() throws Exception {
        BytesPayload payload = BytesPayload.random(300_000, 1);
        place("archives/ab/abc", payload.bytes());
        place("holds/empty", new byte[0]);

        assertThat(contentOf("archives/ab/abc")).isEqualTo(payload.bytes());
        assertThat(storage.size("archives/ab/abc")).hasValue(300_000);
        assertThat(contentOf("holds/empty")).isEmpty();
        assertThat(storage.size("holds/empty")).hasValue(0);
    }

    @Test
    void readsExactRanges() throws Exception {
        BytesPayload payload = BytesPayload.random(1_000_000, 2);
        place("archives/ab/abc", payload.bytes());

        for (int[] range :
                new int[][] {{0, 1}, {0, 0}, {999_999, 1}, {123_456, 500_000}, {0, 1_000_000}, {1_000_000, 0}}) {
            byte[] expected = Arrays.copyOfRange(payload.bytes(), range[0], range[0] + range[1]);
            assertThat(storage.read("archives/ab/abc", range[0], range[1])).isEqualTo(expected);
        }
    }

    @Test
    void readsExactRangesIntoAnArrayThatWasUsedBefore() throws Exception {
        BytesPayload payload = BytesPayload.random(1_000_000, 3);
        place("archives/ab/abc", payload.bytes());
        byte[] array = BytesPayload.random(600_000, 4).bytes();

        for (int[] range : new int[][] {{123_456, 600_000}, {999_999, 1}, {0, 0}, {300_000, 262_145}}) {
            byte[] expected = array.clone();
            System.arraycopy(payload.bytes(), range[0], expected, 0, range[1]);
            storage.read("archives/ab/abc", range[0], range[1], array);
            assertThat(array).isEqualTo(expected);
        }
    }

    @Test
    void refusesToReadBehindTheEnd() throws Exception {
        place("archives/ab/abc", bytes("12345"));

        assertThatThrownBy(() -> storage.read("archives/ab/abc", 3, 3))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("5 bytes");
        assertThatThrownBy(() -> storage.read("archives/ab/abc", 3, 3, new byte[4]))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("5 bytes");
        assertThatThrownBy(() -> storage.read("archives/ab/abc", Long.MAX_VALUE, Integer.MAX_VALUE))
                .isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> storage.read("archives/ab/abc", 0, Integer.MAX_VALUE))
                .isInstanceOf(StorageException.class);
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        assertThatThrownBy(() -> storage.open("archives/ab/none"))
                .isInstanceOf(StorageException.Missing.class)
                .hasMessageContaining("archives/ab/none");
        assertThatThrownBy(() -> storage.read("archives/ab/none", 0, 1)).isInstanceOf(StorageException.Missing.class);
        assertThatThrownBy(() -> storage.read("archives/ab/none", 0, 1, new byte[1]))
                .isInstanceOf(StorageException.Missing.class);
        assertThat(storage.size("archives/ab/none")).isEmpty();
        assertThat(storage.list("archives")).isEmpty();
    }

    @Test
    void listsAtAnyDepthWithoutLeftoversAndForeignNames() throws Exception {
        place("repository.json", bytes("{}"));
        place("archives/ab/abc", bytes("12345"));
        place("archives-of-others/x", bytes("x"));
        place("archives/ab/.tmp-123", bytes("half"));
        place("lost+found/x", bytes("x"));

        assertThat(storage.list(""))
                .extracting(StoredObject::name)
                .containsExactlyInAnyOrder("repository.json", "archives/ab/abc", "archives-of-others/x");
        assertThat(storage.list("archives")).singleElement().satisfies(object -> {
            assertThat(object.name()).isEqualTo("archives/ab/abc");
            assertThat(object.size()).isEqualTo(5);
            assertThat(object.modified()).isAfter(java.time.Instant.now().minusSeconds(3600));
        });
    }

    @Test
    void listsManyObjects() throws Exception {
        List<String> names = IntStream.range(0, MANY)
                .mapToObj(i -> "archives/" + i % FOLDERS + "/object-" + i)
                .toList();
        placeMany(names);

        List<StoredObject> listed = storage.list("archives");

        assertThat(listed).allMatch(object -> object.size() == 1);
        assertThat(listed.stream().map(StoredObject::name).sorted().toList())
                .isEqualTo(names.stream().sorted().toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/etc/x", "../x", "a/../b", "a//b", "a/", "./a", "a b", "a\\b", "a\u0000", "ä", "a:b", "*"})
    void refusesNamesThatAreNone(String name) {
        assertThatThrownBy(() -> storage.put(name, BytesPayload.of("x"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> storage.open(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> storage.read(name, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> storage.size(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> storage.delete(name)).isInstanceOf(IllegalArgumentException.class);
    }

    protected byte[] contentOf(String name) throws Exception {
        try (InputStream stream = storage.open(name)) {
            return stream.readAllBytes();
        }
    }

    protected static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
