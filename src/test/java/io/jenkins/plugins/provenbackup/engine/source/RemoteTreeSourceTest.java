package io.jenkins.plugins.provenbackup.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.Laboratory;
import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.PlainTree;
import io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory;
import io.jenkins.plugins.provenbackup.engine.storage.sftp.OpenSshServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder on a real SFTP server is backed up and comes back. */
class RemoteTreeSourceTest {

    @TempDir
    private Path temp;

    private Path tree;

    @BeforeEach
    void aTree() throws Exception {
        tree = Files.createDirectories(temp.resolve("tree/a/empty")).getParent().getParent();
        byte[] noise = new byte[1_500_000];
        new Random(3).nextBytes(noise);
        Files.write(tree.resolve("a/noise"), noise);
        Files.writeString(tree.resolve("a-b"), "sorted between");
        Files.writeString(tree.resolve("left.tmp"), "out");
        Files.createSymbolicLink(tree.resolve("link"), Path.of("a/noise"));
        Files.setPosixFilePermissions(tree.resolve("a-b"), PosixFilePermissions.fromString("rw-r-----"));
    }

    @Test
    void comesBackWithContentModesLinksAndEmptyFolders() throws Exception {
        try (OpenSshServer server = OpenSshServer.start(Files.createDirectories(temp.resolve("ssh")));
                Laboratory laboratory = Laboratory.at(temp.resolve("near"))) {
            BackupResult result = backUp(server, laboratory);

            assertThat(result.problems()).isEmpty();
            assertThat(result.totals().files()).isEqualTo(2);
            assertThat(result.totals().symlinks()).isEqualTo(1);
            Path target = temp.resolve("target");
            laboratory.restore(result.snapshot().orElseThrow(), target);
            assertThat(target.resolve("a/noise")).hasSameBinaryContentAs(tree.resolve("a/noise"));
            assertThat(target.resolve("a/empty")).isEmptyDirectory();
            assertThat(target.resolve("left.tmp")).doesNotExist();
            assertThat(Files.readSymbolicLink(target.resolve("link"))).isEqualTo(Path.of("a/noise"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target.resolve("a-b"))))
                    .isEqualTo("rw-r-----");
            assertThat(Files.getLastModifiedTime(target.resolve("a-b")).toMillis() / 1000)
                    .isEqualTo(Files.getLastModifiedTime(tree.resolve("a-b")).toMillis() / 1000);
        }
    }

    @Test
    void whatDidNotChangeIsNotReadAgain() throws Exception {
        try (OpenSshServer server = OpenSshServer.start(Files.createDirectories(temp.resolve("ssh")));
                Laboratory laboratory = Laboratory.at(temp.resolve("near"))) {
            Files.setLastModifiedTime(
                    tree.resolve("a/noise"), java.nio.file.attribute.FileTime.fromMillis(1_000_000_000_000L));
            backUp(server, laboratory);
            Files.writeString(tree.resolve("new"), "new");

            BackupResult second = backUp(server, laboratory);

            assertThat(second.kind()).isEqualTo(SnapshotKind.INCREMENTAL);
            assertThat(second.totals().filesNew()).isEqualTo(1);
            assertThat(second.totals().bytesRead()).isLessThan(1000);
        }
    }

    private BackupResult backUp(OpenSshServer server, Laboratory laboratory) throws Exception {
        try (PlainTree remote = StorageFactory.openTree(server.location(tree), server.options(), OpenMode.EXISTING)) {
            Excludes excludes = Excludes.builder().add("*.tmp", "test").build();
            return laboratory.backup(new RemoteTreeSource(remote, excludes), SnapshotKind.INCREMENTAL, tree);
        }
    }
}
