package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.archive.BlockParameters;
import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage.Verb;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import io.jenkins.plugins.provenbackup.testing.TreeComparer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A storage that says that all is well when it is not gets no manifest, and the result says why. */
class LyingStorageTest {

    @TempDir
    private Path temp;

    private Path tree;
    private FaultyStorage a;
    private FaultyStorage b;
    private Laboratory laboratory;

    @BeforeEach
    void open() throws IOException {
        tree = temp.resolve("tree");
        for (int i = 0; i < 20; i++) {
            SampleFiles.write(tree.resolve("f" + i), 100_000, i);
        }
        a = FaultyStorage.over(Laboratory.local(temp.resolve("a")));
        b = FaultyStorage.over(Laboratory.local(temp.resolve("b")));
        laboratory = Laboratory.at(List.of(a, b));
        laboratory.tune(laboratory.tuning().withBlocks(new BlockParameters(200_000, 256 << 10, 300_000, 4)));
    }

    @AfterEach
    void close() {
        a.heal();
        b.heal();
        laboratory.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"archives/", "catalogs/", "snapshots/"})
    void whatIsAcceptedAndDroppedIsFound(String folder) throws Exception {
        a.on(Verb.PUT).named(folder).acceptAndDrop();

        BackupResult result = laboratory.backup(tree, SnapshotKind.INCREMENTAL);

        assertLags(result, "loses what it is given");
        assertThat(laboratory.snapshots(0)).isEmpty();
        a.heal();
        assertTheNextIsWhole();
    }

    @ParameterizedTest
    @ValueSource(strings = {"archives/", "catalogs/", "snapshots/"})
    void whatIsAcceptedAndCutShortIsFound(String folder) throws Exception {
        a.on(Verb.PUT).named(folder).call(1).acceptAndCut(20);

        BackupResult result = laboratory.backup(tree, SnapshotKind.INCREMENTAL);

        assertThat(result.copies()).isEqualTo(1);
        assertThat(result.destinations().get(0).state()).isEqualTo(BackupResult.State.LAGGING);
        assertThat(laboratory.snapshots(0)).isEmpty();
    }

    @Test
    void whatIsDroppedOnceIsCopiedFromTheOther() throws Exception {
        a.on(Verb.PUT).named("archives/").call(2).acceptAndDrop();

        BackupResult result = laboratory.backup(tree, SnapshotKind.INCREMENTAL);

        assertThat(result.copies()).isEqualTo(2);
        assertThat(laboratory.archives(0)).isEqualTo(laboratory.archives(1));
    }

    @Test
    void theOnlyStorageThatDropsFailsTheRun() throws Exception {
        a.on(Verb.PUT).named("archives/").acceptAndDrop();
        b.on(Verb.PUT).named("archives/").acceptAndDrop();

        assertThatThrownBy(() -> laboratory.backup(tree, SnapshotKind.INCREMENTAL))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("kept nothing");

        assertThat(laboratory.snapshots(0)).isEmpty();
        assertThat(laboratory.snapshots(1)).isEmpty();
        a.heal();
        b.heal();
        assertTheNextIsWhole();
    }

    @Test
    void anOldListingCostsNothingButAComparison() throws Exception {
        laboratory.backup(tree, SnapshotKind.INCREMENTAL);
        List<StoredObject> archives = List.copyOf(laboratory.objects(0, "archives"));
        SampleFiles.write(tree.resolve("new"), 500_000, 77);
        a.on(Verb.LIST).named("archives").lie(now -> archives);

        BackupResult result = laboratory.backup(tree, SnapshotKind.INCREMENTAL);

        assertThat(result.copies()).as("%s", result.destinations()).isEqualTo(2);
        a.heal();
        assertThat(laboratory.archives(0)).isEqualTo(laboratory.archives(1));
    }

    @Test
    void aListingWithWrongSizesIsNotBelieved() throws Exception {
        a.on(Verb.LIST)
                .named("archives")
                .lie(now -> now.stream()
                        .map(one -> new StoredObject(one.name(), one.size() - 1, one.modified()))
                        .toList());

        BackupResult result = laboratory.backup(tree, SnapshotKind.INCREMENTAL);

        assertThat(result.destinations().get(1).state()).isEqualTo(BackupResult.State.COMPLETE);
        assertThat(result.copies())
                .as("the objects themselves are there, with their sizes")
                .isEqualTo(2);
    }

    private void assertLags(BackupResult result, String reason) {
        Map<String, BackupResult.Destination> byLocation = result.destinations().stream()
                .collect(Collectors.toMap(BackupResult.Destination::location, Function.identity()));
        assertThat(byLocation.get(a.location()).state()).isEqualTo(BackupResult.State.LAGGING);
        assertThat(byLocation.get(a.location()).reason()).contains(reason);
        assertThat(byLocation.get(b.location()).state()).isEqualTo(BackupResult.State.COMPLETE);
    }

    private void assertTheNextIsWhole() throws Exception {
        BackupResult next = laboratory.backup(tree, SnapshotKind.INCREMENTAL);
        assertThat(next.copies()).as("%s", next.destinations()).isEqualTo(2);
        assertThat(laboratory
                        .restore(next.snapshot().orElseThrow(), temp.resolve("restored"))
                        .failovers())
                .isEmpty();
        assertThat(TreeComparer.differences(tree, temp.resolve("restored"))).isEmpty();
    }
}
