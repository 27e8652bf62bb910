package io.jenkins.plugins.provenbackup.engine.storage.webdav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.storage.BytesPayload;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.PasswordContract;
import io.jenkins.plugins.provenbackup.engine.storage.PutOutcome;
import io.jenkins.plugins.provenbackup.engine.storage.RemoteFailureContract;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.engine.storage.http.ApacheServer;
import io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** WebDAV without TLS, with Digest log-in. */
class DavDigestFailureTest extends RemoteFailureContract implements PasswordContract {

    @TempDir
    static Path files;

    static ApacheServer apache;

    @BeforeAll
    static void start() throws Exception {
        apache = ApacheServer.start(files);
    }

    @AfterAll
    static void stop() throws Exception {
        if (apache != null) {
            apache.close();
        }
    }

    @Override
    public int port() {
        return apache.port();
    }

    @Override
    public StorageLocation location(Path path, int port) throws Exception {
        return apache.location("webdav", ApacheServer.Area.DIGEST, path, port);
    }

    @Override
    public StorageOptions options(int port) {
        return apache.options();
    }

    @Override
    protected Storage openWithoutRightToDelete(Path path) throws Exception {
        return open(path, ApacheServer.Area.KEEP);
    }

    @Override
    protected void share(Path path) throws Exception {
        ApacheServer.openUp(path);
    }

    @Test
    void logsInAgainWhenTheServersNonceIsTooOld() throws Exception {
        try (Storage storage = open()) {
            storage.put("archives/ab/1", BytesPayload.random(100_000, 1));
            Thread.sleep(3000); // the nonce lives for two seconds

            assertThat(storage.put("archives/ab/2", BytesPayload.random(100_000, 2)))
                    .isEqualTo(PutOutcome.STORED);
        }
    }

    @Test
    void saysWhenItMayNotWrite() throws Exception {
        try (Storage storage = open(base, ApacheServer.Area.LOOK)) {
            assertThatThrownBy(() -> storage.put("archives/ab/abc", BytesPayload.of("x")))
                    .isInstanceOf(StorageException.AccessDenied.class)
                    .hasMessageContaining("archives/ab/abc");
        }
    }

    @Test
    void saysWhenThereIsNoWebDav() {
        assertThatThrownBy(() -> open(base, ApacheServer.Area.FILES))
                .isInstanceOf(StorageException.AccessDenied.class)
                .hasMessageContaining("PROPFIND");
    }

    private static Storage open(Path path, ApacheServer.Area area) throws Exception {
        return StorageFactory.open(apache.location("webdav", area, path), apache.options(), OpenMode.EXISTING);
    }
}
