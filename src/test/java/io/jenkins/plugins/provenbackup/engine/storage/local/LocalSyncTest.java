package io.jenkins.plugins.provenbackup.engine.storage.local;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSyncTest {

    @TempDir
    Path directory;

    private final LocalSync sync = new LocalSync();

    @AfterEach
    void close() {
        sync.close();
    }

    @Test
    void neverForgetsThatAFileDidNotReachTheDisk() throws Exception {
        // A link cannot be opened without following it, which stands for any failure to force a file.
        sync.later(Files.createSymbolicLink(directory.resolve("unforceable"), directory));
        sync.later(Files.createFile(directory.resolve("good")));

        assertThatThrownBy(sync::awaitAll)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("did not reach the disk");
        assertThatThrownBy(sync::awaitAll).isInstanceOf(IOException.class);
    }

    @Test
    void bearsFilesThatWereDeletedMeanwhile() throws Exception {
        sync.later(directory.resolve("gone/deleted"));

        sync.awaitAll();
    }

    @Test
    void answersAnInterrupt() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(sync::awaitAll).isInstanceOf(StorageException.class);
        } finally {
            org.assertj.core.api.Assertions.assertThat(Thread.interrupted()).isTrue();
        }
    }
}
