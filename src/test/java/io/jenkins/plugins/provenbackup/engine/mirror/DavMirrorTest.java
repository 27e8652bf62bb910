package io.jenkins.plugins.provenbackup.engine.mirror;

import io.jenkins.plugins.provenbackup.engine.storage.http.ApacheServer;
import io.jenkins.plugins.provenbackup.testing.TreeComparer.Aspect;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class DavMirrorTest extends MirrorContract {

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

    @Override
    protected MirrorLab lab(Path from, Path to) throws Exception {
        ApacheServer.openUp(to.getParent());
        return MirrorLab.of(from, apache.location("webdav", ApacheServer.Area.DAV, to), apache.options());
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

    @Override
    protected void servable(Path path) throws Exception {
        ApacheServer.openUp(path);
    }
}
