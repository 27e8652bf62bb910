package io.jenkins.plugins.provenbackup.engine.storage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.storage.BytesPayload;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.PutOutcome;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageContract;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.engine.storage.TinyDisk;
import io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalStorageTest extends StorageContract {

    @Override
    protected Storage open(Path base) throws Exception {
        return StorageFactory.open(StorageLocation.of(base), StorageOptions.defaults(), OpenMode.EXISTING);
    }

    @Test
    void createsFilesForTheirOwnerOnly() throws Exception {
        storage.put("archives/ab/abc", BytesPayload.of("x"));
        storage.put("keys/1", BytesPayload.of("x"));

        assertThat(mode("base/archives/ab/abc")).isEqualTo("rw-------");
        assertThat(mode("base/keys/1")).isEqualTo("rw-------");
        assertThat(mode("base/archives")).isEqualTo("rwx------");
        assertThat(mode("base/archives/ab")).isEqualTo("rwx------");
    }

    @Test
    void createsTheBaseOnlyWhenAsked() throws Exception {
        Path nested = directory.resolve("a/b");

        assertThatThrownBy(() -> LocalStorage.open(nested, OpenMode.EXISTING))
                .isInstanceOf(StorageException.Missing.class)
                .hasMessageContaining(nested.toString())
                .hasMessageContaining("init");

        LocalStorage.open(nested, OpenMode.CREATE).close();
        assertThat(mode("a/b")).isEqualTo("rwx------");
    }

    @Test
    void refusesABaseThatIsAFile() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> LocalStorage.open(file, OpenMode.CREATE)).isInstanceOf(StorageException.class);
    }

    @Test
    void neverCreatesAVanishedBaseAnew() throws Exception {
        storage.put("archives/ab/abc", BytesPayload.of("x"));
        Files.move(directory.resolve("base"), directory.resolve("moved"));

        assertThatThrownBy(() -> storage.put("archives/ab/abd", BytesPayload.of("x")))
                .isInstanceOf(StorageException.Missing.class)
                .hasMessageContaining("mounted");
        assertThatThrownBy(() -> storage.list("")).isInstanceOf(StorageException.Missing.class);
        assertThatThrownBy(() -> storage.size("keys/1")).isInstanceOf(StorageException.Missing.class);
        assertThatThrownBy(() -> storage.delete("keys/1")).isInstanceOf(StorageException.Missing.class);
        assertThat(directory.resolve("base")).doesNotExist();
    }

    @Test
    void createsAFolderAnewThatSomebodyRemoved() throws Exception {
        storage.put("holds/s/1", BytesPayload.of("x"));
        storage.delete("holds/s/1");
        Files.delete(directory.resolve("base/holds/s"));
        Files.delete(directory.resolve("base/holds"));

        assertThat(storage.put("holds/s/1", BytesPayload.of("x"))).isEqualTo(PutOutcome.STORED);
    }

    @Test
    void followsNoSymbolicLinkInsideTheRepository() throws Exception {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "secret");
        Files.createSymbolicLink(directory.resolve("base/archives"), outside);
        Files.createDirectory(directory.resolve("base/keys"));
        Files.createSymbolicLink(directory.resolve("base/keys/secret"), outside.resolve("secret"));

        assertThatThrownBy(() -> storage.read("archives/secret", 0, 1)).hasMessageContaining("symbolic links");
        assertThatThrownBy(() -> storage.put("archives/new", BytesPayload.of("x")))
                .hasMessageContaining("symbolic links");
        assertThatThrownBy(() -> storage.delete("archives/secret")).hasMessageContaining("symbolic links");
        assertThatThrownBy(() -> storage.open("keys/secret")).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> storage.put("keys/secret", BytesPayload.of("secret")))
                .isInstanceOf(StorageException.Conflict.class);
        assertThat(storage.size("keys/secret")).isEmpty();
        assertThat(storage.list("")).isEmpty();
        assertThat(outside).isDirectoryContaining("glob:**/secret");
    }

    @Test
    void worksThroughALinkToTheBase() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("base"));
        try (Storage linked = LocalStorage.open(link, OpenMode.EXISTING)) {
            linked.put("keys/1", BytesPayload.of("x"));
        }
        assertThat(storage.size("keys/1")).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"archives/ab/abc", "snapshots/s/1"})
    void saysWhenTheDiskIsFull(String name) throws Exception {
        try (TinyDisk disk = TinyDisk.mount(directory.resolve("disk"), 200);
                Storage small = LocalStorage.open(disk.path(), OpenMode.EXISTING)) {
            assertThatThrownBy(() -> small.put(name, BytesPayload.random(1_000_000, 1)))
                    .isInstanceOf(StorageException.Full.class)
                    .hasMessageContaining(name)
                    .hasMessageContaining("prune");

            assertThat(disk.path().resolve(name).getParent()).isEmptyDirectory();
            assertThat(small.put(name, BytesPayload.random(1000, 1))).isEqualTo(PutOutcome.STORED);
        }
    }

    @Test
    void saysWhenItMayNotWrite() throws Exception {
        if (System.getProperty("user.name").equals("root")) {
            try (TinyDisk disk = TinyDisk.mount(directory.resolve("disk"), 100)) {
                disk.makeReadOnly();
                requireWriteDenied(disk.path());
            }
        } else {
            Path locked = Files.createDirectory(directory.resolve("locked"));
            Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
            requireWriteDenied(locked);
        }
    }

    @Test
    void leavesNoSecondLinkBehind() throws Exception {
        storage.put("archives/ab/abc", BytesPayload.of("x"));

        assertThat(Files.getAttribute(directory.resolve("base/archives/ab/abc"), "unix:nlink"))
                .isEqualTo(1);
    }

    private void requireWriteDenied(Path base) throws Exception {
        try (Storage denied = LocalStorage.open(base, OpenMode.EXISTING)) {
            assertThatThrownBy(() -> denied.put("archives/ab/abc", BytesPayload.of("x")))
                    .isInstanceOf(StorageException.AccessDenied.class)
                    .hasMessageContaining("archives/ab/abc")
                    .hasMessageContaining(base.toString());
        }
    }

    private String mode(String path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(path)));
    }
}
