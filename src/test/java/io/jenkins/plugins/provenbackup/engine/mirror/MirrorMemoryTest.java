package io.jenkins.plugins.provenbackup.engine.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.Laboratory;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import io.jenkins.plugins.provenbackup.testing.TreeComparer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a mirror run leaves in a repository, and what the next one makes of it. */
class MirrorMemoryTest {

    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2024-02-29T12:34:56.789Z"));

    @TempDir
    Path work;

    private Path source;
    private Path copy;
    private Laboratory repository;
    private MirrorLab lab;

    @BeforeEach
    void prepare() throws IOException {
        source = Files.createDirectories(work.resolve("source/dir"));
        source = work.resolve("source");
        copy = work.resolve("copy");
        for (String name : List.of("a", "dir/b", "dir/c")) {
            Files.writeString(source.resolve(name), "content of " + name);
            Files.setLastModifiedTime(source.resolve(name), LONG_AGO);
        }
        repository = Laboratory.at(work.resolve("repository"), work.resolve("second"));
        lab = MirrorLab.of(source, StorageLocation.of(copy), StorageOptions.defaults())
                .remembering(new MirrorMemory.Place(repository.replicas(), repository.key()));
    }

    @AfterEach
    void close() {
        repository.close();
    }

    @Test
    void knowsContentThatOnlyLooksChanged() throws Exception {
        lab.mirror();
        Files.setLastModifiedTime(source.resolve("a"), FileTime.from(Instant.parse("2025-01-01T00:00:00Z")));

        MirrorResult again = lab.mirror();

        assertThat(again.written()).isZero();
        assertThat(again.adjusted()).isEqualTo(1);
        assertThat(TreeComparer.differences(source, copy)).isEmpty();
        assertThat(lab.mirror().adjusted()).isZero();
    }

    @Test
    void seesAChangeThatSizeAndTimeHide() throws Exception {
        lab.mirror();
        Files.writeString(source.resolve("dir/b"), "CONTENT OF dir/b");
        Files.setLastModifiedTime(source.resolve("dir/b"), LONG_AGO);

        MirrorResult again = lab.mirror();

        assertThat(again.written()).isEqualTo(1);
        assertThat(copy.resolve("dir/b")).hasContent("CONTENT OF dir/b");
    }

    @Test
    void mendsWhatSomebodyElseChangedAtTheMirror() throws Exception {
        lab.mirror();
        Files.writeString(copy.resolve("dir/c"), "tampered, later");

        MirrorResult again = lab.mirror();

        assertThat(again.written()).isEqualTo(1);
        assertThat(TreeComparer.differences(source, copy)).isEmpty();
    }

    @Test
    void keepsOneStateForEachTargetAndNoName() throws Exception {
        lab.mirror();
        MirrorLab other = MirrorLab.of(source, StorageLocation.of(work.resolve("other")), StorageOptions.defaults())
                .remembering(lab.request().memory().orElseThrow());
        other.mirror();
        lab.mirror();
        lab.mirror();

        for (int destination = 0; destination < 2; destination++) {
            List<StoredObject> objects = repository.objects(destination, "mirrors");
            assertThat(objects).hasSize(4);
            assertThat(objects.stream().filter(object -> object.name().endsWith("/head")))
                    .hasSize(2);
        }
        try (Stream<Path> all = Files.walk(work.resolve("repository/mirrors"))) {
            for (Path object : all.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(object), StandardCharsets.ISO_8859_1))
                        .doesNotContain("copy")
                        .doesNotContain("dir");
            }
        }
    }

    @Test
    void doesWithoutAStateThatIsDamaged() throws Exception {
        lab.mirror();
        try (Stream<Path> all = Files.walk(work)) {
            for (Path object : all.filter(path -> path.toString().contains("/mirrors/"))
                    .filter(Files::isRegularFile)
                    .toList()) {
                Files.setAttribute(object, "unix:mode", 0600);
                Files.write(object, new byte[] {1, 2, 3}, StandardOpenOption.TRUNCATE_EXISTING);
            }
        }
        Files.writeString(source.resolve("a"), "changed");

        MirrorResult again = lab.mirror();

        assertThat(again.written()).isEqualTo(1);
        assertThat(TreeComparer.differences(source, copy)).isEmpty();
    }

    @Test
    void remembersMoreFilesThanOnePartHolds() throws Exception {
        Path many = Files.createDirectory(source.resolve("many"));
        for (int i = 0; i < 4_200; i++) {
            Files.writeString(many.resolve("f" + i), "");
        }
        lab.mirror();

        assertThat(repository.objects(0, "mirrors")).hasSize(3);
        assertThat(lab.mirror().written()).isZero();
    }
}
