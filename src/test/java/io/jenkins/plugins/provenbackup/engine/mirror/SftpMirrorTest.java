package io.jenkins.plugins.provenbackup.engine.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import io.jenkins.plugins.provenbackup.engine.storage.sftp.OpenSshServer;
import io.jenkins.plugins.provenbackup.testing.TreeComparer.Aspect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SftpMirrorTest extends MirrorContract {

    @TempDir
    static Path server;

    static OpenSshServer sshd;

    @BeforeAll
    static void start() throws Exception {
        sshd = OpenSshServer.start(server);
    }

    @AfterAll
    static void stop() throws Exception {
        if (sshd != null) {
            sshd.close();
        }
    }

    @Override
    protected MirrorLab lab(Path from, Path to) throws Exception {
        return MirrorLab.of(from, sshd.location(to), sshd.options());
    }

    @Override
    protected Aspect[] lost() {
        return new Aspect[] {Aspect.OWNER, Aspect.XATTRS, Aspect.HARD_LINKS, Aspect.SPARSE, Aspect.SUBSECONDS};
    }

    @Test
    void countsWhatSftpCannotKeep() throws Exception {
        plainTree();
        Files.createLink(source.resolve("second"), source.resolve("a"));
        Files.createSymbolicLink(source.resolve("link"), Path.of("a"));

        MirrorResult result = lab.mirror();

        assertThat(result.losses())
                .containsEntry("hard links stored as separate files", 2L)
                .containsEntry("symbolic links without mtime", 1L)
                .containsEntry("entries without owner and group", 10L);
    }

    @Test
    void readsAndReplacesLinksToAnywhereWithoutFollowing() throws Exception {
        plainTree();
        for (String target : new String[] {"a", "/absolute/*?\\", "dir//../b", "..", "dangling/", "/"}) {
            Path link = RawNames.resolve(source, ("to " + target.replace('/', '_')).getBytes(StandardCharsets.UTF_8));
            Files.createSymbolicLink(link, RawNames.pathOf(target.getBytes(StandardCharsets.UTF_8)));
        }
        lab.mirror();
        assertThat(differences()).isEmpty();
        assertThat(lab.mirror().links()).isZero();

        Files.delete(source.resolve("to a"));
        Files.createSymbolicLink(source.resolve("to a"), Path.of("dir"));
        assertThat(lab.mirror().links()).isEqualTo(1);
        assertThat(differences()).isEmpty();
    }
}
