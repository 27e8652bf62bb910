package io.jenkins.plugins.provenbackup.engine.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeDeletionTest {

    @TempDir
    private Path directory;

    @Test
    void deletesLinksAndNeverWhatTheyLeadTo() throws Exception {
        Path precious = Files.writeString(
                Files.createDirectory(directory.resolve("mine")).resolve("file"), "precious");
        Path tree = Files.createDirectories(directory.resolve("tree/sub")).getParent();
        Files.writeString(tree.resolve("sub/file"), "gone");
        Files.createSymbolicLink(tree.resolve("sub/to-directory"), precious.getParent());
        Files.createSymbolicLink(tree.resolve("to-file"), precious);
        Files.createSymbolicLink(tree.resolve("to-nothing"), Path.of("nothing"));

        TreeDeletion.run(tree);

        assertThat(tree).doesNotExist();
        assertThat(precious).hasContent("precious");
    }

    @Test
    void deletesALinkToADirectoryItself() throws Exception {
        Path precious = Files.writeString(
                Files.createDirectory(directory.resolve("mine")).resolve("file"), "precious");
        Path link = Files.createSymbolicLink(directory.resolve("link"), precious.getParent());

        TreeDeletion.run(link);

        assertThat(Files.isSymbolicLink(link)).isFalse();
        assertThat(precious).hasContent("precious");
    }

    @Test
    void deletesAFileAndBearsThatNothingIsThere() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "gone");

        TreeDeletion.run(file);
        TreeDeletion.run(file);

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void deletesDirectoriesThatForbidIt() throws Exception {
        Path inner = Files.createDirectories(directory.resolve("tree/locked/inner"));
        Files.writeString(inner.resolve("file"), "gone");
        Files.setPosixFilePermissions(inner, PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(inner.getParent(), PosixFilePermissions.fromString("r-xr-xr-x"));

        TreeDeletion.run(directory.resolve("tree"));

        assertThat(directory).isEmptyDirectory();
    }

    /** More levels than files may be open at once in many places. */
    @Test
    void deletesADeepTree() throws Exception {
        Path deep = directory.resolve("deep");
        for (int i = 0; i < 1_500; i++) {
            deep = deep.resolve("d");
        }
        Files.createDirectories(deep);

        TreeDeletion.run(directory.resolve("deep"));

        assertThat(directory).isEmptyDirectory();
    }
}
