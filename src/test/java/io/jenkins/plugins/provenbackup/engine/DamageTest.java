package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.archive.BlockParameters;
import io.jenkins.plugins.provenbackup.engine.archive.Codec;
import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.catalog.CatalogReader;
import io.jenkins.plugins.provenbackup.engine.catalog.Entry;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Extent;
import io.jenkins.plugins.provenbackup.engine.catalog.ExtentStream;
import io.jenkins.plugins.provenbackup.engine.catalog.SegmentSealing;
import io.jenkins.plugins.provenbackup.engine.repository.ArchiveTable;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.restore.RestoreResult;
import io.jenkins.plugins.provenbackup.engine.transfer.CatalogFetcher;
import io.jenkins.plugins.provenbackup.testing.TreeComparer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Damage at one destination costs nothing, damage at all of them only the files that lie in it. */
class DamageTest {

    private static final int FILES = 60;

    @TempDir
    private Path temp;

    private Path tree;
    private Laboratory laboratory;
    private SnapshotId snapshot;

    /** What may happen to an archive. */
    enum Damage {
        BIT_FLIPPED {
            @Override
            void to(Path archive, Path other) throws IOException {
                try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
                    file.seek(file.length() / 3);
                    int old = file.read();
                    file.seek(file.length() / 3);
                    file.write(old ^ 4);
                }
            }
        },
        BYTE_CUT {
            @Override
            void to(Path archive, Path other) throws IOException {
                try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
                    file.setLength(file.length() - 1);
                }
            }
        },
        SWAPPED {
            @Override
            void to(Path archive, Path other) throws IOException {
                Files.copy(other, archive, StandardCopyOption.REPLACE_EXISTING);
            }
        },
        DELETED {
            @Override
            void to(Path archive, Path other) throws IOException {
                Files.delete(archive);
            }
        };

        abstract void to(Path archive, Path other) throws IOException;
    }

    @BeforeEach
    void backUp() throws Exception {
        tree = temp.resolve("tree");
        for (int i = 0; i < FILES; i++) {
            SampleFiles.write(tree.resolve("d" + i % 5).resolve("f" + i), 30_000, i);
        }
        SampleFiles.write(tree.resolve("large"), 3_000_000, 99);
        laboratory = Laboratory.at(temp.resolve("a"), temp.resolve("b"));
        laboratory.tune(laboratory.tuning().withBlocks(new BlockParameters(100_000, 256 << 10, 500_000, 4)));
        snapshot = laboratory.backup(tree, SnapshotKind.FULL).snapshot().orElseThrow();
        assertThat(laboratory.archives(0)).hasSizeGreaterThan(5);
    }

    @AfterEach
    void close() {
        laboratory.close();
    }

    @ParameterizedTest
    @EnumSource
    void atOneDestinationTheOtherTakesOverAndItIsTold(Damage damage) throws Exception {
        List<String> archives = List.copyOf(laboratory.archives(0));
        damage(damage, "a", archives.get(1), archives.get(2));
        damage(damage, "a", archives.get(3), archives.get(4));

        RestoreResult restored = laboratory.restore(snapshot, temp.resolve("restored"));

        assertThat(restored.failures()).isEmpty();
        assertThat(String.join("\n", restored.failovers()))
                .contains(archives.get(1), archives.get(3), temp.resolve("a").toString());
        assertThat(restored.failovers()).hasSize(2);
        assertThat(TreeComparer.differences(tree, temp.resolve("restored"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void atAllDestinationsExactlyTheFilesConcernedFail(Damage damage) throws Exception {
        List<String> archives = List.copyOf(laboratory.archives(0));
        String hit = archives.get(2);
        damage(damage, "a", hit, archives.get(3));
        damage(damage, "b", hit, archives.get(3));
        Set<String> concerned = filesIn(hit);
        assertThat(concerned).isNotEmpty().hasSizeLessThan(FILES);

        RestoreResult restored = laboratory.restore(snapshot, temp.resolve("restored"));

        Set<String> failed = failed(restored);
        if (damage == Damage.BIT_FLIPPED) {
            assertThat(blocksOf(hit))
                    .as("one block is damaged, not the whole archive")
                    .contains(failed);
        } else {
            assertThat(failed).isEqualTo(concerned);
        }
        assertEverythingElseIsThere(failed, temp.resolve("restored"));
    }

    @ParameterizedTest
    @EnumSource(names = {"BYTE_CUT", "SWAPPED", "DELETED"})
    void theNextBackupStoresAgainWhatNobodyHas(Damage damage) throws Exception {
        List<String> archives = List.copyOf(laboratory.archives(0));
        String hit = archives.get(2);
        String other = ofAnotherSize(hit, archives);
        damage(damage, "a", hit, other);
        damage(damage, "b", hit, other);
        int concerned = filesIn(hit).size();

        BackupResult next = laboratory.backup(tree, SnapshotKind.INCREMENTAL);

        assertThat(next.kind()).isEqualTo(SnapshotKind.INCREMENTAL);
        assertThat(next.totals().filesChanged()).isEqualTo(concerned);
        assertThat(next.copies()).as("%s", next.destinations()).isEqualTo(2);
        assertThat(laboratory.archivesOf(next.snapshot().orElseThrow())).doesNotContain(hit);
        RestoreResult restored = laboratory.restore(next.snapshot().orElseThrow(), temp.resolve("restored"));
        assertThat(restored.failures()).isEmpty();
        assertThat(TreeComparer.differences(tree, temp.resolve("restored"))).isEmpty();
    }

    @Test
    void theNextBackupCopiesBackWhatOneDestinationLacks() throws Exception {
        Set<String> before = laboratory.archives(0);
        for (String archive : List.copyOf(before).subList(0, 4)) {
            Files.delete(temp.resolve("a").resolve(archive));
        }

        BackupResult next = laboratory.backup(tree, SnapshotKind.INCREMENTAL);

        assertThat(next.copies()).isEqualTo(2);
        assertThat(next.totals().filesUnchanged()).isEqualTo(FILES + 1);
        assertThat(laboratory.archives(0)).isEqualTo(before);
    }

    @Test
    void aDamagedCatalogAtOneDestinationIsReadFromTheOther() throws Exception {
        damageCatalogs("a");

        RestoreResult restored = laboratory.restore(snapshot, temp.resolve("restored"));
        BackupResult next = laboratory.backup(tree, SnapshotKind.INCREMENTAL);

        assertThat(restored.failures()).isEmpty();
        assertThat(TreeComparer.differences(tree, temp.resolve("restored"))).isEmpty();
        assertThat(next.kind()).isEqualTo(SnapshotKind.INCREMENTAL);
        assertThat(next.totals().filesUnchanged()).isEqualTo(FILES + 1);
    }

    @Test
    void aCatalogThatIsDamagedEverywhereDoesNotStopTheNextBackup() throws Exception {
        damageCatalogs("a");
        damageCatalogs("b");

        BackupResult next = laboratory.backup(tree, SnapshotKind.INCREMENTAL);

        assertThat(next.kind()).isEqualTo(SnapshotKind.FULL);
        assertThat(next.parent()).isEmpty();
        assertThat(String.join("\n", laboratory.notices())).contains("full");
        laboratory.restore(next.snapshot().orElseThrow(), temp.resolve("restored"));
        assertThat(TreeComparer.differences(tree, temp.resolve("restored"))).isEmpty();
    }

    @Test
    void anOlderSnapshotIsTheParentWhenTheNewestLostItsCatalog() throws Exception {
        Set<String> first = catalogNames();
        SampleFiles.write(tree.resolve("d0/new"), 1000, 1234);
        laboratory.backup(tree, SnapshotKind.INCREMENTAL);
        Set<String> second = catalogNames();
        second.removeAll(first);
        for (String name : second) {
            Files.delete(temp.resolve("a").resolve(name));
            Files.delete(temp.resolve("b").resolve(name));
        }

        BackupResult next = laboratory.backup(tree, SnapshotKind.INCREMENTAL);

        assertThat(next.kind()).isEqualTo(SnapshotKind.INCREMENTAL);
        assertThat(next.parent()).contains(snapshot);
        assertThat(next.totals().filesUnchanged()).isEqualTo(FILES + 1);
    }

    private Set<String> catalogNames() throws IOException {
        Set<String> names = new TreeSet<>();
        laboratory.objects(0, Layout.CATALOGS).forEach(object -> names.add(object.name()));
        return names;
    }

    private void damageCatalogs(String destination) throws IOException {
        for (var object : laboratory.objects(0, Layout.CATALOGS)) {
            Damage.BIT_FLIPPED.to(
                    temp.resolve(destination).resolve(object.name()),
                    temp.resolve(destination).resolve(object.name()));
        }
    }

    private void damage(Damage damage, String destination, String archive, String other) throws IOException {
        damage.to(
                temp.resolve(destination).resolve(archive),
                temp.resolve(destination).resolve(other));
    }

    /** What has the right size is believed until it is read, so only a swap that changes sizes shows in a listing. */
    private String ofAnotherSize(String archive, List<String> archives) throws IOException {
        for (String other : archives) {
            if (Files.size(temp.resolve("a").resolve(other))
                    != Files.size(temp.resolve("a").resolve(archive))) {
                return other;
            }
        }
        throw new AssertionError("all archives have the same size");
    }

    private static Set<String> failed(RestoreResult restored) {
        Set<String> failed = new TreeSet<>();
        for (String failure : restored.failureTexts()) {
            failed.add(failure.substring(1, failure.indexOf('\'', 1)));
        }
        assertThat(restored.failureCount()).isEqualTo(failed.size());
        return failed;
    }

    private void assertEverythingElseIsThere(Set<String> failed, Path restored) throws IOException {
        List<Path> files = new ArrayList<>();
        try (var walk = Files.walk(tree)) {
            walk.filter(Files::isRegularFile).forEach(files::add);
        }
        for (Path file : files) {
            Path there = restored.resolve(tree.relativize(file));
            if (failed.contains(tree.relativize(file).toString())) {
                assertThat(there).doesNotExist();
            } else {
                assertThat(Files.mismatch(file, there)).isEqualTo(-1);
            }
        }
    }

    /** The files that have a block in the archive. */
    private Set<String> filesIn(String archive) throws IOException {
        Set<String> files = new TreeSet<>();
        blocksOf(archive).forEach(files::addAll);
        return files;
    }

    /** For each block of the archive the files that lie in it. */
    private Collection<Set<String>> blocksOf(String archive) throws IOException {
        Manifest manifest = laboratory.manifest(snapshot);
        ArchiveTable.Row row = manifest.archives().archives().stream()
                .filter(one -> Layout.archive(one.archive().hash()).equals(archive))
                .findFirst()
                .orElseThrow();
        Map<Long, Set<String>> files = new TreeMap<>();
        try (SegmentSealing sealing = SegmentSealing.of(laboratory.key(), manifest.epoch(), Codec.shared())) {
            CatalogReader catalog =
                    new CatalogReader(manifest.facts().catalog(), sealing, new CatalogFetcher(laboratory.replicas()));
            var entries = catalog.entries(EntryPath.ROOT);
            for (var next = entries.next(); next.isPresent(); next = entries.next()) {
                Entry entry = next.get().entry();
                if (entry.node().type() == EntryType.FILE) {
                    ExtentStream extents = catalog.extents(entry);
                    for (var extent = extents.next(); extent.isPresent(); extent = extents.next()) {
                        if (extent.get() instanceof Extent.ChunkRef chunk && isIn(row, chunk)) {
                            files.computeIfAbsent(chunk.block(), block -> new TreeSet<>())
                                    .add(entry.path().toString());
                        }
                    }
                }
            }
        }
        return files.values();
    }

    private static boolean isIn(ArchiveTable.Row row, Extent.ChunkRef chunk) {
        return row.ranges().stream()
                .anyMatch(range -> range.stream().equals(chunk.stream()) && range.contains(chunk.block()));
    }
}
