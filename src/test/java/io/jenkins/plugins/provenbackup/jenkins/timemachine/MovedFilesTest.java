package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.files.TreeDeletion;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restored things get to their places whole, and over nothing. */
class MovedFilesTest {

    private static final int ROUNDS = 2_000;

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
    void aFileThatIsMadeAtThatMomentIsNotReplaced() throws Exception {
        ExecutorService jenkins = Executors.newSingleThreadExecutor();
        try {
            for (int i = 0; i < ROUNDS; i++) {
                Path from = write("from/" + i, "restored");
                Path to = directory.resolve("to").resolve(String.valueOf(i));
                Files.createDirectories(to.getParent());
                CyclicBarrier together = new CyclicBarrier(2);
                Future<Boolean> made = jenkins.submit(() -> {
                    together.await();
                    return isDone(() -> Files.writeString(to, "mine", StandardOpenOption.CREATE_NEW));
                });
                together.await();
                boolean isMoved = isDone(() -> MovedFiles.move(from, to));
                boolean isMade = made.get();

                assertThat(isMoved).as("round %d", i).isNotEqualTo(isMade);
                assertThat(to).hasContent(isMade ? "mine" : "restored");
                assertThat(Files.exists(from)).isEqualTo(isMade);
            }
        } finally {
            jenkins.shutdownNow();
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static boolean isDone(Work work) throws IOException {
        try {
            work.run();
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    @Test
    void filesAndLinksAreMovedAsTheyAre() throws Exception {
        Path file = write("from/log", "restored");
        Path link = Files.createSymbolicLink(directory.resolve("from/link"), Path.of("nowhere"));
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();

        MovedFiles.move(file, directory.resolve("to/log"));
        MovedFiles.move(link, directory.resolve("to/link"));

        assertThat(directory.resolve("from")).isEmptyDirectory();
        assertThat(Files.readAttributes(directory.resolve("to/log"), BasicFileAttributes.class)
                        .fileKey())
                .as("moved, not copied")
                .isEqualTo(key);
        assertThat(Files.readSymbolicLink(directory.resolve("to/link"))).isEqualTo(Path.of("nowhere"));
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
            TreeDeletion.run(elsewhere);
        }
    }

    private Path write(String name, String text) throws Exception {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
