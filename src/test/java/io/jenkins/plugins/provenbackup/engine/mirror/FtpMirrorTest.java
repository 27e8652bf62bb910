package io.jenkins.plugins.provenbackup.engine.mirror;

import io.jenkins.plugins.provenbackup.engine.storage.ftp.ApacheFtpServer;
import io.jenkins.plugins.provenbackup.testing.TreeComparer.Aspect;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class FtpMirrorTest extends MirrorContract {

    @TempDir
    static Path files;

    static ApacheFtpServer server;

    @BeforeAll
    static void start() throws Exception {
        server = ApacheFtpServer.start(files);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected MirrorLab lab(Path from, Path to) throws Exception {
        return MirrorLab.of(from, server.location("ftp", to), server.options());
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
