package io.jenkins.plugins.provenbackup.engine.mirror;

import io.jenkins.plugins.provenbackup.engine.storage.s3.S3ProxyServer;
import io.jenkins.plugins.provenbackup.testing.TreeComparer.Aspect;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;

/** S3 as S3Proxy speaks it, whose objects are files. */
class S3MirrorTest extends MirrorContract {

    private S3ProxyServer server;

    @Override
    protected MirrorLab lab(Path from, Path to) throws Exception {
        if (server == null) {
            server = S3ProxyServer.start(to.getParent().getParent());
        }
        return MirrorLab.of(
                from, server.location(to.getParent().getFileName() + "/" + to.getFileName()), S3ProxyServer.options());
    }

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected Aspect[] lost() {
        return new Aspect[] {Aspect.OWNER, Aspect.MODE, Aspect.XATTRS, Aspect.HARD_LINKS, Aspect.SPARSE, Aspect.MTIME};
    }

    @Override
    protected boolean keepsEverything() {
        return false;
    }

    @Override
    protected boolean keepsTimes() {
        return false;
    }
}
