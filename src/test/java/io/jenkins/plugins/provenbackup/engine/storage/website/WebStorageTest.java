package io.jenkins.plugins.provenbackup.engine.storage.website;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.storage.BytesPayload;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import io.jenkins.plugins.provenbackup.engine.storage.http.ApacheServer;
import io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A repository behind a web server that only reads. */
class WebStorageTest {

    @TempDir
    static Path serverFiles;

    static ApacheServer apache;

    @TempDir
    Path directory;

    private final BytesPayload content = BytesPayload.random(300_000, 1);

    @BeforeAll
    static void start() throws Exception {
        apache = ApacheServer.start(serverFiles);
    }

    @AfterAll
    static void stop() throws Exception {
        if (apache != null) {
            apache.close();
        }
    }

    @BeforeEach
    void makeFiles() throws Exception {
        Files.writeString(directory.resolve("repository.json"), "{}");
        Files.write(Files.createDirectories(directory.resolve("archives/ab")).resolve("abc"), content.bytes());
        Files.writeString(directory.resolve("archives/ab/.tmp-1"), "half");
        Files.createDirectories(directory.resolve("lost+found"));
        ApacheServer.openUp(directory);
    }

    @ParameterizedTest
    @CsvSource({"http, FILES", "https, FILES", "http, LOOK", "https, LOOK"})
    void readsAndLists(String scheme, ApacheServer.Area area) throws Exception {
        try (Storage storage = open(scheme, area, directory)) {
            assertThat(storage.list(""))
                    .extracting(StoredObject::name)
                    .containsExactlyInAnyOrder("repository.json", "archives/ab/abc");
            assertThat(storage.list("archives")).singleElement().satisfies(object -> {
                assertThat(object.size()).isEqualTo(300_000);
                assertThat(object.modified()).isAfter(java.time.Instant.now().minusSeconds(3600));
            });
            assertThat(storage.list("forgotten")).isEmpty();
            assertThat(storage.size("archives/ab/abc")).hasValue(300_000);
            assertThat(storage.size("archives/ab/none")).isEmpty();
            assertThat(storage.size("archives/ab")).isEmpty();
            try (InputStream stream = storage.open("archives/ab/abc")) {
                assertThat(stream.readAllBytes()).isEqualTo(content.bytes());
            }
            assertThat(storage.read("archives/ab/abc", 1000, 5000))
                    .isEqualTo(Arrays.copyOfRange(content.bytes(), 1000, 6000));
            assertThatThrownBy(() -> storage.open("archives/ab/none")).isInstanceOf(StorageException.Missing.class);
            assertThatThrownBy(() -> storage.read("archives/ab/abc", 299_999, 2))
                    .hasMessageContaining("300000 bytes");
        }
    }

    @Test
    void refusesToWriteAndToDelete() throws Exception {
        try (Storage storage = open("https", ApacheServer.Area.FILES, directory)) {
            assertThatThrownBy(() -> storage.put("archives/ab/new", BytesPayload.of("x")))
                    .isInstanceOf(StorageException.AccessDenied.class)
                    .hasMessageContaining("reading only");
            assertThatThrownBy(() -> storage.delete("archives/ab/abc"))
                    .isInstanceOf(StorageException.AccessDenied.class)
                    .hasMessageContaining("reading only");
        }
        assertThat(directory.resolve("archives/ab/abc")).exists();
    }

    @Test
    void neverTakesAFolderWithoutIndexForAnEmptyOne() throws Exception {
        try (Storage storage = open("http", ApacheServer.Area.BARE, directory)) {
            assertThatThrownBy(() -> storage.list("archives"))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("no index");
        }
    }

    @Test
    void neverTakesAnyPageForAnIndex() {
        assertThat(IndexPage.read("<html><title>Welcome</title><a href=\"abc\">x</a>"))
                .isEmpty();
        assertThat(
                        IndexPage.read(
                                "<title>Index of /x</title><a href=\"?C=N;O=D\"><a href=\"/\"><a href=\"../\">"
                                        + "<a href=\"ab/\"><a href=\"a%2Eb\"><a href=\"a%2Fb\"><a href=\"a%zz\"><a href=\"http://h/x\">"))
                .hasValueSatisfying(index -> {
                    assertThat(index.folders()).containsExactly("ab");
                    assertThat(index.files()).containsExactly("a.b");
                });
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> open("http", ApacheServer.Area.FILES, directory.resolve("none")))
                .isInstanceOf(StorageException.Missing.class);
    }

    private static Storage open(String scheme, ApacheServer.Area area, Path path) throws Exception {
        return StorageFactory.open(apache.location(scheme, area, path), apache.options(), OpenMode.EXISTING);
    }
}
