package io.jenkins.plugins.provenbackup.engine.storage.website;

import io.jenkins.plugins.provenbackup.engine.storage.RemoteReadingContract;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.engine.storage.TlsContract;
import io.jenkins.plugins.provenbackup.engine.storage.http.ApacheServer;
import io.jenkins.plugins.provenbackup.engine.storage.tls.TestCertificate;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A web server over TLS with index pages. */
class WebFailureTest extends RemoteReadingContract implements TlsContract {

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
        return apache.tlsPort();
    }

    @Override
    public StorageLocation location(Path path, int port) throws Exception {
        return apache.location("https", ApacheServer.Area.FILES, path, port);
    }

    @Override
    public StorageOptions options(int port) {
        return apache.options();
    }

    @Override
    protected void share(Path path) throws Exception {
        ApacheServer.openUp(path);
    }

    @Override
    public void withServer(TestCertificate certificate, Path path, ServerUse use) throws Exception {
        try (ApacheServer other = ApacheServer.start(directory.resolve("server"), certificate)) {
            use.with(other.location("https", ApacheServer.Area.FILES, path));
        }
    }
}
