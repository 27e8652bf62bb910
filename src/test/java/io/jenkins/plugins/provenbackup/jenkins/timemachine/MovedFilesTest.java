package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restored things get to their places whole, and over nothing. */
class MovedFilesTest {

    @TempDir
    private Path directory;

    @Test
    void nothingIsOverwritten() throws Exception {
        Path from = write("from/1/log", "restored").getParent();
        Path to = write("to/1/log", "mine").getParent();

        assertThatThrownBy(() -> MovedFiles.move(from, to)).isInstanceOf(FileAlreadyExistsException.class);

        assertThat(to.resolve("log")).hasContent("mine");
        assertThat(from.resolve("log")).hasContent("restored");
    }

    @Test
    void contentsFillWhatIsMissing() throws Exception {
        write("from/a/one", "restored");
        write("from/a/two", "restored");
        write("to/a/one", "mine");

        MovedFiles.moveContents(directory.resolve("from"), directory.resolve("to"));

        assertThat(directory.resolve("to/a/one")).hasContent("mine");
        assertThat(directory.resolve("to/a/two")).hasContent("restored");
    }

    @Test
    void anotherDiskIsReachedByACopy() throws Exception {
        Path memory = Path.of("/dev/shm");
        Assumptions.assumeTrue(
                Files.isWritable(memory) && !Files.getFileStore(memory).equals(Files.getFileStore(directory)));
        Path elsewhere = Files.createTempDirectory(memory, "moved");
        try {
            write("from/7/log", "restored");
            Files.createSymbolicLink(directory.resolve("from/7/link"), Path.of("log"));

            MovedFiles.move(directory.resolve("from/7"), elsewhere.resolve("builds/7"));

            assertThat(elsewhere.resolve("builds/7/log")).hasContent("restored");
            assertThat(elsewhere.resolve("builds/7/link")).isSymbolicLink();
            assertThat(directory.resolve("from/7")).doesNotExist();
            assertThat(MovedFiles.children(elsewhere.resolve("builds"))).hasSize(1);
        } finally {
            StagedTree.delete(elsewhere);
        }
    }

    private Path write(String name, String text) throws Exception {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
