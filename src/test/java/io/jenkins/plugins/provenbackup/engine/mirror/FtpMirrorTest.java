package io.jenkins.plugins.provenbackup.engine.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.storage.ftp.ApacheFtpServer;
import io.jenkins.plugins.provenbackup.testing.TreeComparer.Aspect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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
        return new Aspect[] {
            Aspect.OWNER,
            Aspect.MODE,
            Aspect.XATTRS,
            Aspect.HARD_LINKS,
            Aspect.SPARSE,
            Aspect.SUBSECONDS,
            Aspect.DIRECTORY_TIMES
        };
    }

    @Override
    protected boolean keepsEverything() {
        return false;
    }

    @Test
    void givesFilesTheirTimesWhereTheServerOffersMfmt() throws Exception {
        Path file = Files.writeString(source.resolve("old"), "from long ago");
        Instant time = Instant.parse("2001-02-03T04:05:06.789Z");
        Files.setLastModifiedTime(file, FileTime.from(time));

        MirrorResult result = lab.mirror();

        assertThat(Files.getLastModifiedTime(copy.resolve("old")).toInstant())
                .isEqualTo(time.truncatedTo(ChronoUnit.SECONDS));
        assertThat(result.losses()).containsKey("mtimes cut to the second");
        MirrorResult again = lab.mirror();
        assertThat(again.written()).isZero();
        assertThat(again.adjusted()).isZero();
    }
}
