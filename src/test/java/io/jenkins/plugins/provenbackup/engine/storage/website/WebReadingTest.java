package io.jenkins.plugins.provenbackup.engine.storage.website;

import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageReadingContract;
import io.jenkins.plugins.provenbackup.engine.storage.http.ApacheServer;
import io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A web server with index pages. */
class WebReadingTest extends StorageReadingContract {

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
        return "http";
    }

    ApacheServer.Area area() {
        return ApacheServer.Area.FILES;
    }

    @Override
    protected Storage open(Path base) throws Exception {
        ApacheServer.openUp(base);
        return StorageFactory.open(apache.location(scheme(), area(), base), apache.options(), OpenMode.EXISTING);
    }
}
