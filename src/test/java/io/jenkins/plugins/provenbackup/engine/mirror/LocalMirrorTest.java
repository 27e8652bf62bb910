package io.jenkins.plugins.provenbackup.engine.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.source.Marker;
import io.jenkins.plugins.provenbackup.engine.source.Problem;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.testing.Command;
import io.jenkins.plugins.provenbackup.testing.TreeComparer;
import io.jenkins.plugins.provenbackup.testing.TreeComparer.Aspect;
import io.jenkins.plugins.provenbackup.testing.TreeFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import org.junit.jupiter.api.Test;

class LocalMirrorTest extends MirrorContract {

    @Override
    protected MirrorLab lab(Path from, Path to) {
        return MirrorLab.of(from, StorageLocation.of(to), StorageOptions.defaults());
    }

    @Override
    protected Aspect[] lost() {
        return TreeComparer.limitsOfJava();
    }

    @Test
    void leavesNothingForRsyncToDo() throws Exception {
        assumeThat(Command.works("rsync", "--version")).isTrue();
        TreeFixture.zoo(source);
        lab.mirror();

        Command.Result rsync =
                Command.run("rsync", "-aHAXn", "--delete", "--itemize-changes", source + "/", copy + "/");

        // Java cuts some mtimes, which it also tells; apart from these nothing is to be done.
        assertThat(rsync.output().lines().filter(line -> !line.startsWith(".L..t") && !line.contains("times/")))
                .isEmpty();
    }

    @Test
    void failsWhenAThreadDoes() throws Exception {
        plainTree();
        ProgressListener full = new ProgressListener() {
            @Override
            public void bytes(long count) {
                if (count > 0) {
                    throw new LinkageError("a test");
                }
            }
        };

        assertThatThrownBy(() -> lab.mirror(full)).isInstanceOf(LinkageError.class);
    }

    @Test
    void keepsHardLinksOverChanges() throws Exception {
        plainTree();
        Files.createLink(source.resolve("dir/a2"), source.resolve("a"));
        lab.mirror();
        assertThat(differences()).isEmpty();

        Files.createLink(source.resolve("dir/deep/a3"), source.resolve("a"));
        write("a", "all three changed");
        lab.mirror();
        assertThat(differences()).isEmpty();

        Files.delete(source.resolve("dir/a2"));
        write("dir/a2", "alone now");
        lab.mirror();
        assertThat(differences()).isEmpty();
    }

    @Test
    void unlinksWhatOnlyTheMirrorHasLinked() throws Exception {
        plainTree();
        Files.copy(source.resolve("a"), source.resolve("same"), StandardCopyOption.COPY_ATTRIBUTES);
        lab.mirror();
        Files.delete(copy.resolve("same"));
        Files.createLink(copy.resolve("same"), copy.resolve("a"));

        lab.mirror();

        assertThat(differences()).isEmpty();
    }

    @Test
    void correctsMetadataWithoutWriting() throws Exception {
        plainTree();
        lab.mirror();
        Files.setAttribute(source.resolve("dir/b"), "unix:mode", 0600);
        Files.setLastModifiedTime(source.resolve("dir"), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));

        MirrorResult result = lab.mirror();

        assertThat(result.written()).isZero();
        assertThat(result.adjusted()).isEqualTo(1);
        assertThat(differences()).isEmpty();
    }

    @Test
    void refusesATargetInsideTheSourceAndTheReverse() throws Exception {
        plainTree();
        Files.createDirectories(copy);
        Files.createSymbolicLink(work.resolve("link"), source);

        for (Path target : new Path[] {source, source.resolve("dir/mirror"), work, work.resolve("link/deeper")}) {
            assertThatThrownBy(() -> lab(source, target).mirror())
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("lie in each other");
        }
    }

    @Test
    void followsNoLinkAtTheTarget() throws Exception {
        plainTree();
        lab.mirror();
        Path victim = Files.createDirectory(work.resolve("victim"));
        Files.writeString(victim.resolve("b"), "precious");
        Files.writeString(victim.resolve("other"), "precious");
        try (var all = Files.walk(copy.resolve("dir"))) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
        Files.createSymbolicLink(copy.resolve("dir"), victim);
        Files.createSymbolicLink(copy.resolve("stray"), victim);

        lab.deleting().mirror();

        assertThat(victim.resolve("b")).hasContent("precious");
        assertThat(victim.resolve("other")).hasContent("precious");
        assertThat(differences()).isEmpty();
    }

    @Test
    void keepsTheCopyOfWhatCannotBeRead() throws Exception {
        assumeThat(TreeFixture.isRoot()).isFalse();
        plainTree();
        lab.mirror();
        Files.setAttribute(source.resolve("dir/deep"), "unix:mode", 0);
        try {
            MirrorResult result = lab.deleting().mirror();

            assertThat(result.isIncomplete()).isTrue();
            assertThat(result.kept()).isEqualTo(1);
        } finally {
            Files.setAttribute(source.resolve("dir/deep"), "unix:mode", 0755);
            Files.setAttribute(copy.resolve("dir/deep"), "unix:mode", 0755);
        }
        assertThat(copy.resolve("dir/deep/c")).hasContent("three");
    }

    @Test
    void leavesAloneWhatAMarkerLeavesOutOfTheSource() throws Exception {
        plainTree();
        lab.mirror();
        write("dir/deep/.nobackup", "");
        Files.delete(source.resolve("dir/deep/c"));

        MirrorResult result = lab.heeding(Marker.NO_BACKUP).deleting().mirror();

        assertThat(result.deleted()).isZero();
        assertThat(copy.resolve("dir/deep/c")).exists();
    }

    @Test
    void deletesThoughAttributesOfTheRootAreMissing() {
        MirrorLog log = new MirrorLog(ProgressListener.NONE);
        EntryPath below = EntryPath.parse("dir/file");

        log.problem(new Problem(EntryPath.ROOT, Problem.Kind.UNREADABLE_ATTRIBUTE, "no attributes here"));
        assertThat(log.mayExist(below)).isFalse();

        log.problem(new Problem(EntryPath.parse("dir"), Problem.Kind.UNREADABLE_DIRECTORY, "cannot list dir"));
        assertThat(log.mayExist(below)).isTrue();
        assertThat(log.mayExist(EntryPath.parse("other"))).isFalse();
    }
}
