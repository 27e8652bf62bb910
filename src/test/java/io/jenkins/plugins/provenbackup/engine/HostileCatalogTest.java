package io.jenkins.plugins.provenbackup.engine;

import static io.jenkins.plugins.provenbackup.engine.catalog.CatalogForge.Forged.directory;
import static io.jenkins.plugins.provenbackup.engine.catalog.CatalogForge.Forged.file;
import static io.jenkins.plugins.provenbackup.engine.catalog.CatalogForge.Forged.linked;
import static io.jenkins.plugins.provenbackup.engine.catalog.CatalogForge.Forged.symlink;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.archive.Codec;
import io.jenkins.plugins.provenbackup.engine.catalog.CatalogForge;
import io.jenkins.plugins.provenbackup.engine.catalog.CatalogForge.Forged;
import io.jenkins.plugins.provenbackup.engine.catalog.CatalogReader;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.Extent;
import io.jenkins.plugins.provenbackup.engine.catalog.SegmentSealing;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.MovedBlocks;
import io.jenkins.plugins.provenbackup.engine.repository.RunId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import io.jenkins.plugins.provenbackup.engine.target.Overwrite;
import io.jenkins.plugins.provenbackup.engine.target.Unlisted;
import io.jenkins.plugins.provenbackup.engine.transfer.CatalogFetcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A snapshot that was made by a thief of the source's key writes nothing outside of the target. */
class HostileCatalogTest {

    private static final String EVIL = "evil";

    @TempDir
    private Path temp;

    static Stream<Arguments> catalogs() {
        return Stream.of(
                catalog("a parent directory", directory(""), file("../outside/passwd")),
                catalog("a parent directory below", directory(""), directory("a"), file("a/../../outside/passwd")),
                catalog("just dots", directory(""), file("..")),
                catalog("one dot", directory(""), file("./passwd")),
                catalog("an absolute path", directory(""), file("/OUTSIDE/passwd")),
                catalog("an absolute path as a directory", directory(""), directory("/"), file("/OUTSIDE/passwd")),
                catalog("an empty component", directory(""), directory("a"), file("a//passwd")),
                catalog("NUL", directory(""), file("a\0b")),
                catalog("a trailing slash", directory(""), file("a/")),
                catalog("a child of a link", directory(""), symlink("x", "OUTSIDE"), file("x/passwd")),
                catalog(
                        "a directory in place of a link",
                        directory(""),
                        symlink("x", "OUTSIDE"),
                        directory("x"),
                        file("x/passwd")),
                catalog("a file in place of a link", directory(""), symlink("x", "OUTSIDE/passwd"), file("x")),
                catalog(
                        "a link in place of a directory",
                        directory(""),
                        directory("x"),
                        symlink("x", "OUTSIDE"),
                        file("x/passwd")),
                catalog("a child of a file", directory(""), file("x"), file("x/passwd")),
                catalog("out of order", directory(""), file("b"), symlink("a", "OUTSIDE"), file("a/passwd")),
                catalog("twice", directory(""), file("a"), file("a")),
                catalog("no root", file("../outside/passwd")),
                catalog("a link for a root", symlink("", "OUTSIDE"), file("passwd")),
                catalog(
                        "a hard link through a link",
                        directory(""),
                        symlink("a", "OUTSIDE"),
                        linked("a/passwd", 7),
                        linked("b", 7)),
                catalog(
                        "a hard link to what was not restored",
                        directory(""),
                        linked("../outside/passwd", 7),
                        linked("b", 7)),
                catalog(
                        "hard links of a link",
                        directory(""),
                        new Forged("a", CatalogForge.Claim.SYMLINK, 7, "OUTSIDE/passwd"),
                        linked("b", 7),
                        linked("c", 7)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("catalogs")
    void nothingIsWrittenOutsideTheTarget(String name, List<Forged> entries) throws Exception {
        Path outside = Files.createDirectories(temp.resolve("outside"));
        Files.writeString(outside.resolve("passwd"), "precious");
        for (Overwrite overwrite : Overwrite.values()) {
            for (Unlisted unlisted : Unlisted.values()) {
                Path target = temp.resolve("target-" + overwrite + unlisted);
                tryToRestore(forge(entries, outside), target, overwrite, unlisted);
                assertUntouched(outside);
            }
        }
    }

    @Test
    void aLinkThatLiesInTheTargetAlreadyLeadsNowhere() throws Exception {
        Path outside = Files.createDirectories(temp.resolve("outside"));
        Files.writeString(outside.resolve("passwd"), "precious");
        Path target = Files.createDirectories(temp.resolve("target"));
        Files.createSymbolicLink(target.resolve("x"), outside);
        tryToRestore(
                forge(List.of(directory(""), directory("x"), file("x/passwd")), outside),
                target,
                Overwrite.ALWAYS,
                Unlisted.DELETE);
        assertUntouched(outside);
    }

    @Test
    void whatIsForgedButHarmlessIsRestored() throws Exception {
        Path outside = Files.createDirectories(temp.resolve("outside"));
        Files.writeString(outside.resolve("passwd"), "precious");
        Path target = temp.resolve("target");
        tryToRestore(
                forge(List.of(directory(""), directory("x"), file("x/passwd")), outside),
                target,
                Overwrite.ALWAYS,
                Unlisted.KEEP);
        assertThat(target.resolve("x/passwd")).as("the forgery works at all").hasContent(EVIL);
    }

    private static Arguments catalog(String name, Forged... entries) {
        return Arguments.of(name, List.of(entries));
    }

    private record Forgery(Laboratory laboratory, SnapshotId snapshot) {}

    private Forgery forge(List<Forged> entries, Path outside) throws Exception {
        Path repository = Files.createTempDirectory(temp, "repository").resolve("r");
        Path tree = Files.createTempDirectory(temp, "tree");
        SampleFiles.write(tree.resolve("f"), EVIL);
        Laboratory laboratory = Laboratory.at(repository);
        Manifest honest = laboratory.manifest(
                laboratory.backup(tree, SnapshotKind.FULL).snapshot().orElseThrow());
        List<Forged> placed = entries.stream()
                .map(entry -> new Forged(
                        entry.path().replace("OUTSIDE", outside.toString().substring(1)),
                        entry.claim(),
                        entry.linkGroup(),
                        entry.target().replace("OUTSIDE", outside.toString())))
                .toList();
        try (SegmentSealing sealing = SegmentSealing.of(laboratory.key(), honest.epoch(), Codec.shared())) {
            CatalogReader catalog =
                    new CatalogReader(honest.facts().catalog(), sealing, new CatalogFetcher(laboratory.replicas()));
            Extent.ChunkRef chunk = (Extent.ChunkRef)
                    catalog.extents(catalog.find(EntryPath.parse("f")).orElseThrow())
                            .next()
                            .orElseThrow();
            CatalogForge.Result forged = CatalogForge.forge(sealing, chunk, placed);
            var storage = laboratory.replicas().get(0).storage();
            storage.put(Layout.catalog(forged.catalog().objects().get(0).hash()), forged.object());
            Manifest.Facts facts = honest.facts();
            Manifest manifest = Manifest.create(
                    laboratory.key(),
                    new Manifest.Place(
                            RunId.random(),
                            2,
                            SnapshotKind.FULL,
                            Instant.now(),
                            Instant.now(),
                            Optional.empty(),
                            List.of(honest.id())),
                    new Manifest.Facts(
                            facts.random(),
                            facts.source(),
                            facts.host(),
                            facts.user(),
                            facts.roots(),
                            facts.totals(),
                            forged.catalog()),
                    new TreeMap<>(),
                    honest.archives(),
                    MovedBlocks.NONE,
                    List.of());
            new SnapshotStore(laboratory.replicas().get(0)).put(manifest, manifest.encode(laboratory.key()));
            return new Forgery(laboratory, manifest.id());
        }
    }

    private static void tryToRestore(Forgery forgery, Path target, Overwrite overwrite, Unlisted unlisted)
            throws InterruptedException {
        try (Laboratory laboratory = forgery.laboratory()) {
            laboratory.restore(forgery.snapshot(), target, overwrite, unlisted);
        } catch (IOException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    private void assertUntouched(Path outside) throws IOException {
        assertThat(outside.resolve("passwd")).hasContent("precious");
        assertThat(Files.getAttribute(outside.resolve("passwd"), "unix:nlink")).isEqualTo(1);
        try (var list = Files.list(outside)) {
            assertThat(list).hasSize(1);
        }
        List<Path> evil = new ArrayList<>();
        try (var walk = Files.walk(temp)) {
            for (Path path : walk.filter(one -> Files.isRegularFile(one, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                String top = temp.relativize(path).getName(0).toString();
                if (!Map.of("target", 1, "tree", 1, "repository", 1).containsKey(top.split("-|[0-9]", -1)[0])) {
                    evil.add(path);
                }
            }
        }
        assertThat(evil).containsExactly(outside.resolve("passwd"));
    }
}
