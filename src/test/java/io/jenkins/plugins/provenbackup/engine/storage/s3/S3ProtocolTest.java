package io.jenkins.plugins.provenbackup.engine.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.storage.BytesPayload;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.PutOutcome;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsSession;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsStorage;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.vfs2.FileObject;
import org.apache.commons.vfs2.FileType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bucket seen as a tree by Commons VFS. */
class S3ProtocolTest {

    @TempDir
    Path directory;

    private S3ProxyServer server;
    private VfsSession session;

    @BeforeEach
    void connect() throws Exception {
        server = S3ProxyServer.start(directory);
        Files.createDirectory(directory.resolve("bucket"));
        session = new S3Protocol().connect(server.location("bucket/web"), S3ProxyServer.options());
    }

    @AfterEach
    void disconnect() throws Exception {
        session.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 20_000_000})
    void fileIsWrittenReadAndRenamed(int size) throws Exception {
        byte[] content = BytesPayload.random(size, 1).bytes();
        FileObject file = session.resolve("/web/a b/ü.txt");
        try (OutputStream out = file.getContent().getOutputStream()) {
            out.write(content);
        }

        FileObject renamed = session.resolve("/web/other.txt");
        session.resolve("/web/a b/ü.txt").moveTo(renamed);

        assertThat(session.resolve("/web/a b/ü.txt").exists()).isFalse();
        FileObject read = session.resolve("/web/other.txt");
        assertThat(read.getContent().getSize()).isEqualTo(size);
        try (InputStream in = read.getContent().getInputStream()) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void foldersAreSeenWhereKeysHaveSlashes() throws Exception {
        try (OutputStream out = session.resolve("/web/x/y/file").getContent().getOutputStream()) {
            out.write(1);
        }
        session.resolve("/web/empty").createFolder();

        FileObject web = session.resolve("/web");
        assertThat(web.getType()).isEqualTo(FileType.FOLDER);
        assertThat(web.getChildren())
                .extracting(child -> child.getName().getBaseName() + " " + child.getType())
                .containsExactlyInAnyOrder("x folder", "empty folder");
        assertThat(session.resolve("/web/empty").delete()).isTrue();
        assertThat(session.resolve("/web/empty").exists()).isFalse();
        assertThat(session.resolve("/web/none").getType()).isEqualTo(FileType.IMAGINARY);
    }

    @Test
    void generalStorageOverVfsWorksToo() throws Exception {
        try (Storage storage = VfsStorage.open(
                new S3Protocol(), server.location("bucket/general"), S3ProxyServer.options(), OpenMode.CREATE)) {
            BytesPayload payload = BytesPayload.random(100_000, 1);

            assertThat(storage.put("archives/ab/x", payload)).isEqualTo(PutOutcome.STORED);
            assertThat(storage.put("archives/ab/x", payload)).isEqualTo(PutOutcome.ALREADY_THERE);
            assertThat(storage.read("archives/ab/x", 99_999, 1)).containsExactly(payload.bytes()[99_999]);
            assertThat(storage.list("")).extracting(StoredObject::name).containsExactly("archives/ab/x");
            assertThatThrownBy(() -> storage.open("archives/ab/none")).isInstanceOf(StorageException.Missing.class);
            storage.delete("archives/ab/x");
            assertThat(storage.size("archives/ab/x")).isEmpty();
        }
    }

    @Test
    void wrongSecretIsTold() {
        assertThatThrownBy(() -> VfsStorage.open(
                        new S3Protocol(), server.location("bucket/x"), S3ProxyServer.options("wrong"), OpenMode.CREATE))
                .isInstanceOf(StorageException.AccessDenied.class)
                .hasMessageContaining("secret");
    }
}
