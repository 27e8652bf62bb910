package io.jenkins.plugins.provenbackup.engine.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceHistoryTest {

    @TempDir
    private Path scratch;

    private Fixture fixture;
    private Replica here;

    @BeforeEach
    void create() throws Exception {
        fixture = new Fixture(scratch.resolve("here"));
        here = fixture.replica;
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void anEmptyRepositoryHasNoHistory() throws Exception {
        SourceHistory history = fixture.history(here);
        assertThat(history.highestSequence()).isZero();
        assertThat(history.heads()).isEmpty();
        assertThat(history.newest(Optional.empty())).isEmpty();
        assertThat(history.finishedRuns()).isEmpty();
    }

    @Test
    void aChainHasItsNewestAsHead() throws Exception {
        Manifest first = fixture.put(here, 1);
        Manifest second = fixture.put(here, 2, first);
        Manifest third = fixture.put(here, 3, second);
        SourceHistory history = fixture.history(here);
        assertThat(history.heads()).containsExactly(third.id());
        assertThat(history.highestSequence()).isEqualTo(3);
        assertThat(history.finishedRuns()).containsExactlyInAnyOrder(first.run(), second.run(), third.run());
    }

    @Test
    void concurrentRunsAreAllHeadsUntilOneFollowsOnThem() throws Exception {
        Manifest first = fixture.put(here, 1);
        Manifest left = fixture.put(here, 2, first);
        Manifest right = fixture.put(here, 2, first);
        assertThat(fixture.history(here).heads()).containsExactlyInAnyOrder(left.id(), right.id());
        Manifest merged = fixture.put(here, 3, left, right);
        assertThat(fixture.history(here).heads()).containsExactly(merged.id());
    }

    @Test
    void aBranchThatWasOvertakenStaysAHead() throws Exception {
        Manifest first = fixture.put(here, 1);
        Manifest branch = fixture.put(here, 2, first);
        Manifest main = fixture.put(here, 2, first);
        Manifest next = fixture.put(here, 3, main);
        assertThat(fixture.history(here).heads()).containsExactly(next.id(), branch.id());
    }

    @Test
    void headsAreThoseOfAllDestinations() throws Exception {
        try (Replica there = fixture.anotherDestination(scratch.resolve("there"))) {
            Manifest first = fixture.put(here, 1);
            Manifest onlyThere = fixture.put(there, 2, first);
            assertThat(fixture.history(here, there).heads()).containsExactly(onlyThere.id());
            assertThat(fixture.history(here, there).highestSequence()).isEqualTo(2);
        }
    }

    @Test
    void headsAgreeWithTheDefinitionInRandomHistories() throws Exception {
        Random random = new Random(7);
        List<Manifest> all = new ArrayList<>();
        for (int sequence = 1; sequence <= 14; sequence++) {
            List<Manifest> earlier =
                    all.stream().filter(one -> random.nextInt(3) == 0).toList();
            all.add(fixture.put(here, sequence, earlier.toArray(new Manifest[0])));
            var followed =
                    all.stream().flatMap(one -> one.predecessors().stream()).collect(Collectors.toSet());
            List<SnapshotId> heads = all.stream()
                    .map(Manifest::id)
                    .filter(id -> !followed.contains(id))
                    .toList();
            assertThat(fixture.history(here).heads()).containsExactlyInAnyOrderElementsOf(heads);
        }
    }

    @Test
    void manyUnfollowedSnapshotsGiveABoundedNumberOfHeads() throws Exception {
        for (int sequence = 1; sequence <= 20; sequence++) {
            fixture.put(here, sequence);
        }
        assertThat(fixture.history(here).heads()).hasSize(16);
    }

    @Test
    void aMadeUpManifestTakesNoNumberAndIsNoHead() throws Exception {
        Manifest real = fixture.put(here, 1);
        byte[] forged = real.encode(fixture.key);
        forged[forged.length - 1] ^= 1;
        ManifestName name =
                new ManifestName(fixture.key.sourceId(), 9_999_999_999L, 9_999, ObjectHash.ofContent(forged));
        here.storage().put(name.object(), new BytesPayload(forged));
        SourceHistory history = fixture.history(here);
        assertThat(history.highestSequence()).isEqualTo(1);
        assertThat(history.heads()).containsExactly(real.id());
        assertThat(history.newest(Optional.empty()).map(Manifest::id)).contains(real.id());
    }

    @Test
    void theHighestGenerationThatOpensIsTaken() throws Exception {
        Manifest first = fixture.put(here, 1);
        Manifest tagged = fixture.put(here, first.withTags(new TreeMap<>(Map.of("a", "b"))));
        assertThat(newest().tags()).containsKey("a");
        try (Stream<Path> files = Files.list(fixture.root.resolve(Layout.snapshots(fixture.key.sourceId())))) {
            Path higher = files.filter(file -> file.getFileName().toString().contains("-0001-"))
                    .findFirst()
                    .orElseThrow();
            Files.write(higher, new byte[10]);
        }
        assertThat(newest().generation()).isZero();
        assertThat(newest().id()).isEqualTo(tagged.id());
        assertThat(fixture.history(here).heads()).containsExactly(first.id());
    }

    @Test
    void aDamagedManifestIsReadFromTheOtherDestination() throws Exception {
        try (Replica there = fixture.anotherDestination(scratch.resolve("there"))) {
            Manifest manifest = fixture.manifest(1, SnapshotKind.FULL, List.of(), new ArchiveTable(List.of()));
            byte[] object = manifest.encode(fixture.key);
            ManifestName name = new SnapshotStore(here).put(manifest, object);
            new SnapshotStore(there).put(manifest, object);
            Files.write(fixture.root.resolve(name.object()), new byte[100]);
            assertThat(fixture.history(here, there).newest(Optional.empty()).map(Manifest::id))
                    .contains(manifest.id());
        }
    }

    @Test
    void theNewestFullIsFoundBelowIncrementals() throws Exception {
        Manifest full = fixture.put(here, 1, SnapshotKind.FULL);
        fixture.put(here, 2, full);
        assertThat(fixture.history(here).newest(Optional.of(SnapshotKind.FULL)).map(Manifest::id))
                .contains(full.id());
        assertThat(fixture.history(here).newest(Optional.of(SnapshotKind.DIFFERENTIAL)))
                .isEmpty();
    }

    private Manifest newest() throws Exception {
        return fixture.history(here).newest(Optional.empty()).orElseThrow();
    }
}
