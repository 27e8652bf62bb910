package io.jenkins.plugins.provenbackup.engine.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.testing.TreeComparer;
import io.jenkins.plugins.provenbackup.testing.TreeComparer.Aspect;
import io.jenkins.plugins.provenbackup.testing.TreeFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every kind of mirror does; each kind says where its server keeps the files, so that they can be looked at. */
abstract class MirrorContract {

    @TempDir
    Path work;

    Path source;
    Path copy;
    MirrorLab lab;

    /** A laboratory for a source and the directory where the server keeps the mirror. */
    protected abstract MirrorLab lab(Path source, Path copy) throws Exception;

    /** What this kind cannot keep. */
    protected abstract Aspect[] lost();

    /** Whether odd names, links and modes are kept. */
    protected boolean keepsEverything() {
        return true;
    }

    /** Whether files keep their mtimes, so that even those that were changed a moment ago are known again. */
    protected boolean keepsTimes() {
        return true;
    }

    /** Where only the age of the copy tells, the source must be older by more than clocks may differ. */
    private void settle() throws InterruptedException {
        if (!keepsTimes()) {
            Thread.sleep(4_000);
        }
    }

    /** Lets the server's user at what a test put into the mirror. */
    protected void servable(Path path) throws Exception {
        // Most servers run as the user who runs the tests.
    }

    @BeforeEach
    void prepare() throws Exception {
        source = Files.createDirectory(work.resolve("source"));
        copy = work.resolve("served/copy");
        Files.createDirectory(copy.getParent());
        lab = lab(source, copy);
    }

    @Test
    void copiesATreeOfEverythingExactly() throws Exception {
        if (keepsEverything()) {
            TreeFixture.zoo(source);
        } else {
            plainTree();
        }

        MirrorResult result = lab.mirror();

        assertThat(result.failures()).isEmpty();
        assertThat(differences()).isEmpty();
    }

    @Test
    void transfersNothingTheSecondTime() throws Exception {
        plainTree();
        settle();
        lab.mirror();

        MirrorResult again = lab.mirror();

        assertThat(again.written()).isZero();
        assertThat(again.bytes()).isZero();
        assertThat(again.directories()).isZero();
        assertThat(again.unchanged()).isEqualTo(5);
        assertThat(differences()).isEmpty();
    }

    @Test
    void transfersOnlyWhatDiffers() throws Exception {
        plainTree();
        settle();
        lab.mirror();
        write("dir/b", "changed, and longer");
        write("dir/new", "new");
        Files.delete(source.resolve("dir/deep/c"));

        MirrorResult again = lab.deleting().mirror();

        assertThat(again.written()).isEqualTo(2);
        assertThat(again.deleted()).isEqualTo(1);
        assertThat(differences()).isEmpty();
    }

    @Test
    void deletesOnlyWhenAsked() throws Exception {
        plainTree();
        lab.mirror();
        Files.delete(source.resolve("a"));
        Files.delete(source.resolve("dir/deep/c"));
        Files.delete(source.resolve("dir/deep"));

        MirrorResult kept = lab.mirror();
        assertThat(kept.extra()).isEqualTo(2);
        assertThat(copy.resolve("dir/deep/c")).exists();

        MirrorResult deleted = lab.deleting().mirror();
        assertThat(deleted.deleted()).isEqualTo(3);
        assertThat(differences()).isEmpty();
    }

    @Test
    void writesNothingInADryRun() throws Exception {
        plainTree();
        settle();
        lab.mirror();
        write("dir/b", "changed, and longer");
        Files.delete(source.resolve("a"));
        List<String> before = listing(copy);

        MirrorResult result = lab.deleting().dryRun().mirror();

        assertThat(result.written()).isEqualTo(1);
        assertThat(result.deleted()).isEqualTo(1);
        assertThat(listing(copy)).isEqualTo(before);
    }

    @Test
    void replacesDirectoriesByFilesAndTheReverse() throws Exception {
        plainTree();
        lab.mirror();
        Files.delete(source.resolve("dir/deep/c"));
        Files.delete(source.resolve("dir/deep"));
        write("dir/deep", "a file now");
        Files.delete(source.resolve("a"));
        Files.createDirectory(source.resolve("a"));
        write("a/inside", "below");

        MirrorResult refused = lab.mirror();
        assertThat(refused.failures()).singleElement().asString().contains("--delete");

        MirrorResult result = lab.deleting().mirror();
        assertThat(result.failures()).isEmpty();
        assertThat(differences()).isEmpty();
    }

    @Test
    void refusesAnEmptySourceOverAFullMirror() throws Exception {
        plainTree();
        lab.mirror();
        Path elsewhere = Files.createDirectory(work.resolve("not-mounted"));

        assertThatThrownBy(() -> lab.from(elsewhere).deleting().mirror())
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("--allow-empty");
        assertThatThrownBy(() -> lab.from(elsewhere).mirror()).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> lab.from(work.resolve("vanished")).deleting().mirror())
                .isInstanceOf(StorageException.Missing.class);
        assertThat(copy.resolve("dir/b")).hasContent("two");

        lab.from(elsewhere).deleting().allowingEmpty().mirror();
        assertThat(listing(copy)).isEmpty();
    }

    @Test
    void deletesNothingWhenTooMuchWouldBe() throws Exception {
        plainTree();
        lab.mirror();
        for (String name : List.of("a", "dir/b", "dir/deep/c")) {
            Files.delete(source.resolve(name));
        }
        write("late", "still copied");

        MirrorResult result = lab.deleting().mirror();

        assertThat(result.withheld()).isEqualTo(3);
        assertThat(result.isIncomplete()).isTrue();
        assertThat(copy.resolve("a")).exists();
        assertThat(copy.resolve("late")).hasContent("still copied");
        assertThat(result.notices()).anySatisfy(notice -> assertThat(notice).contains("--max-delete"));

        assertThat(lab.deleting().atMost(100).mirror().deleted()).isEqualTo(3);
        assertThat(differences()).isEmpty();
    }

    @Test
    void touchesNeitherHereNorThereWhatIsExcluded() throws Exception {
        plainTree();
        Files.createDirectories(copy.resolve("dir"));
        Files.writeString(copy.resolve("dir/local.tmp"), "theirs");
        servable(copy.resolve("dir"));
        servable(copy);
        write("dir/mine.tmp", "mine");

        MirrorResult result = lab.excluding("*.tmp").deleting().mirror();

        assertThat(result.deleted()).isZero();
        assertThat(copy.resolve("dir/local.tmp")).hasContent("theirs");
        assertThat(copy.resolve("dir/mine.tmp")).doesNotExist();
    }

    @Test
    void refusesARepositoryAsTarget() throws Exception {
        plainTree();
        Files.createDirectories(copy.resolve("keys"));
        Files.writeString(copy.resolve("repository.json"), "{}");

        assertThatThrownBy(() -> lab.deleting().mirror())
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("repository");
        assertThat(copy.resolve("repository.json")).exists();
    }

    @Test
    void cleansUpAfterAKilledRun() throws Exception {
        plainTree();
        Files.createDirectories(copy.resolve("dir"));
        Files.writeString(copy.resolve("dir/proven-backup-1a2b3c.tmp"), "half a fi");
        servable(copy.resolve("dir"));
        servable(copy);

        lab.mirror();

        assertThat(differences()).isEmpty();
    }

    @Test
    void givesWayToAnotherRunAndNotToADeadOne() throws Exception {
        plainTree();
        Files.createDirectories(copy);
        Path marker = copy.resolve("proven-backup-mirror-0123456789abcdef.lock");
        Files.writeString(marker, "{\"namespace\":\"elsewhere\",\"host\":\"h\",\"process\":1,\"started\":\"today\"}");
        servable(copy);

        assertThatThrownBy(() -> lab.mirror())
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("process 1 on h since today");
        assertThat(listing(copy)).containsExactly(marker.getFileName().toString());

        Files.setLastModifiedTime(marker, FileTime.from(Instant.now().minusSeconds(3600)));
        lab.mirror();
        assertThat(differences()).isEmpty();
    }

    @Test
    void comparesContentsWhenAsked() throws Exception {
        plainTree();
        lab.mirror();
        Path rotten = copy.resolve("dir/b");
        FileTime time = Files.getLastModifiedTime(rotten);
        Files.writeString(rotten, "owt");
        Files.setLastModifiedTime(rotten, time);

        assertThat(lab.comparingContents().mirror().written()).isEqualTo(1);
        assertThat(rotten).hasContent("two");
    }

    @Test
    void holdsOddNamesOrRefusesThem() throws Exception {
        byte[][] names = {
            "spaces and more ".getBytes(StandardCharsets.UTF_8),
            "per%20cent".getBytes(StandardCharsets.UTF_8),
            "emoji \ud83d\ude80".getBytes(StandardCharsets.UTF_8),
            "gr\u00fc\u00dfe & #;=+".getBytes(StandardCharsets.UTF_8),
            "new\nline".getBytes(StandardCharsets.UTF_8),
            "back\\slash".getBytes(StandardCharsets.UTF_8),
            "*?[a]".getBytes(StandardCharsets.UTF_8),
            {'i', 'n', 'v', (byte) 0xff},
        };
        for (byte[] name : names) {
            Files.write(RawNames.resolve(source, name), name);
        }
        settle();

        MirrorResult result = lab.mirror();

        int held = 0;
        for (byte[] name : names) {
            Path there = RawNames.resolve(copy, name);
            if (Files.exists(there)) {
                assertThat(Files.readAllBytes(there)).isEqualTo(name);
                held++;
            }
        }
        assertThat(held + result.failureCount()).isEqualTo(names.length);
        assertThat(result.written()).isEqualTo(held);
        assertThat(held).isGreaterThanOrEqualTo(keepsEverything() ? names.length : 3);
        assertThat(lab.mirror().written()).isZero();
    }

    final List<String> differences() throws IOException {
        return TreeComparer.differences(source, copy, lost());
    }

    /** Five files and links, two directories, with whole seconds as mtimes. */
    final void plainTree() throws IOException {
        Files.createDirectories(source.resolve("dir/deep"));
        write("a", "one");
        write("dir/b", "two");
        write("dir/deep/c", "three");
        write("empty", "");
        byte[] large = new byte[300_000];
        new Random(1).nextBytes(large);
        Files.write(source.resolve("large"), large);
        try (Stream<Path> all = Files.walk(source)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.setLastModifiedTime(path, FileTime.from(Instant.parse("2024-02-29T12:34:56Z")));
            }
        }
    }

    final void write(String name, String content) throws IOException {
        Files.writeString(source.resolve(name), content);
    }

    static List<String> listing(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(path -> !path.equals(directory))
                    .map(path -> directory.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }
}
