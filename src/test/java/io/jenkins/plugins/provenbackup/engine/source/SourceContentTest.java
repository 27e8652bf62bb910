package io.jenkins.plugins.provenbackup.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceContentTest {

    @TempDir
    private Path directory;

    @Test
    void readsWhatTheFileHolds() throws Exception {
        SourceItem item = item("some content");

        try (SourceContent content = item.open()) {
            assertThat(read(content)).isEqualTo("some content");
            assertThat(content.changed()).isFalse();
        }
        assertThat(item.size()).hasValue(12);
    }

    @Test
    void noticesAFileThatGrows() throws Exception {
        SourceItem item = item("some");
        try (SourceContent content = item.open()) {
            Files.writeString(file(), " more", StandardOpenOption.APPEND);
            read(content);

            assertThat(content.changed()).isTrue();
        }

        SourceItem again = item.again().orElseThrow();
        assertThat(again.size()).hasValue(9);
        try (SourceContent content = again.open()) {
            assertThat(read(content)).isEqualTo("some more");
            assertThat(content.changed()).isFalse();
        }
    }

    @Test
    void noticesAFileThatShrinks() throws Exception {
        try (SourceContent content = item("some content").open()) {
            Files.writeString(file(), "s");
            read(content);

            assertThat(content.changed()).isTrue();
        }
    }

    @Test
    void noticesAFileThatIsReplaced() throws Exception {
        try (SourceContent content = item("some").open()) {
            Files.move(
                    Files.writeString(directory.resolve("new"), "more"), file(), StandardCopyOption.REPLACE_EXISTING);

            assertThat(read(content)).isEqualTo("some");
            assertThat(content.changed()).isTrue();
        }
    }

    @Test
    void saysThatAFileVanished() throws Exception {
        SourceItem item = item("x");
        Files.delete(file());

        for (Reading reading : new Reading[] {item::open, item::again, item::complete}) {
            // Owners may be known without the file; what cannot be known is told.
            assertThatThrownBy(reading::run)
                    .isInstanceOfSatisfying(
                            UnreadableItemException.class,
                            e -> assertThat(e.problem().kind()).isEqualTo(Problem.Kind.VANISHED));
        }
    }

    @Test
    void opensNoLinkInPlaceOfAFile() throws Exception {
        SourceItem item = item("x");
        Files.delete(file());
        Files.createSymbolicLink(file(), Path.of("/etc/passwd"));

        assertThatThrownBy(item::open)
                .isInstanceOfSatisfying(
                        UnreadableItemException.class,
                        e -> assertThat(e.problem().kind()).isEqualTo(Problem.Kind.VANISHED));
    }

    @Test
    void saysThatAFileCannotBeRead() throws Exception {
        SourceItem item = item("x");
        Files.setPosixFilePermissions(file(), Set.of());
        assumeThat(Files.isReadable(file())).as("runs as root").isFalse();

        assertThatThrownBy(item::open)
                .isInstanceOfSatisfying(
                        UnreadableItemException.class,
                        e -> assertThat(e.problem().kind()).isEqualTo(Problem.Kind.UNREADABLE_ENTRY))
                .hasMessage("cannot read 'f': permission denied");
    }

    @FunctionalInterface
    private interface Reading {
        Object read() throws IOException;

        default void run() throws IOException {
            read();
        }
    }

    private Path file() {
        return directory.resolve("f");
    }

    private SourceItem item(String content) throws Exception {
        Files.writeString(file(), content);
        return Walked.of(directory).item("f");
    }

    static String read(SourceContent content) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(1000);
        while (content.read(buffer) >= 0) {
            all.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        return all.toString(StandardCharsets.UTF_8);
    }
}
