package io.jenkins.plugins.provenbackup.engine.storage.webdav;

import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageContract;
import io.jenkins.plugins.provenbackup.engine.storage.http.ApacheServer;
import io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class DavStorageTest extends StorageContract {

    @TempDir
    static Path server;

    static ApacheServer apache;

    @BeforeAll
    static void start() throws Exception {
        apache = ApacheServer.start(server);
    }

    @AfterAll
    static void stop() throws Exception {
        if (apache != null) {
            apache.close();
        }
    }

    String scheme() {
        return "webdav";
    }

    @Override
    protected Storage open(Path base) throws Exception {
        ApacheServer.openUp(base);
        return StorageFactory.open(
                apache.location(scheme(), ApacheServer.Area.DAV, base), apache.options(), OpenMode.EXISTING);
    }
}
