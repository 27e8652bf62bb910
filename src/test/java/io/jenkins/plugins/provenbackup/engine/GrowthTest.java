package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage.Verb;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every operation on a few files and on many: what it asks of source and destination, and what the calling thread allocates. What
 * is counted is the same on every machine, so a cost that grows faster than the tree fails here before anybody can measure it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GrowthTest {

    private static final int FEW = 1_000;
    private static final int MANY = 6_000;

    /** How much more a file may cost among many; a JVM that has warmed up allocates less, so it is less in fact. */
    private static final double FLAT = 1.2;

    private static final int MOST_FOR_A_CHANGED_FILE = 256 << 10;
    private static final int MOST_OBJECTS = 30;

    private Costs few;
    private Costs many;

    @BeforeAll
    void measure(@TempDir Path temp) throws Exception {
        few = Costs.of(temp, FEW);
        many = Costs.of(temp, MANY);
    }

    @Test
    void aFullBackupReadsEachByteOnceAndWritesTheSameObjectsHoweverManyFilesTheyHold() {
        for (Costs costs : List.of(few, many)) {
            assertThat(costs.full().opened()).isEqualTo(costs.files());
            assertThat(costs.full().readFromSource()).isEqualTo(costs.contentBytes());
            assertThat(costs.full().objects())
                    .as("run, archive, catalog, twin, manifest")
                    .isLessThanOrEqualTo(6);
            assertThat(costs.full().calls(Verb.PUT)).isLessThanOrEqualTo(6);
            assertThat(costs.full().stored() - costs.contentBytes())
                    .as("what a file of noise needs beside its content")
                    .isLessThan(costs.files() * 160L);
        }
        isFlat(few.full(), many.full(), 12_000);
    }

    @Test
    void aBackupOfWhatDidNotChangeReadsTheParentsCatalogAndNothingElse() {
        for (Costs costs : List.of(few, many)) {
            assertThat(costs.unchanged().opened()).isZero();
            assertThat(costs.unchanged().reads()).isLessThanOrEqualTo(6 + costs.segments());
            assertThat(costs.unchanged().calls(Verb.PUT)).isLessThanOrEqualTo(4);
            assertThat(costs.unchanged().stored()).isLessThan(16 << 10);
        }
        isFlat(few.unchanged(), many.unchanged(), 8_000);
    }

    @Test
    void aChangedFileAmongManyCostsNoMoreThanAmongFew() {
        for (Costs costs : List.of(few, many)) {
            assertThat(costs.changed().opened()).isEqualTo(1);
            assertThat(costs.changed().readFromSource()).isEqualTo(Costs.CHANGED_BYTES);
            assertThat(costs.changed().calls(Verb.PUT)).isLessThanOrEqualTo(6);
            assertThat(costs.changed().stored()).isLessThan(MOST_FOR_A_CHANGED_FILE);
            assertThat(costs.rewritten())
                    .as("segments: of the file, and of its directory")
                    .isBetween(1, 2);
        }
        isFlat(few.changed(), many.changed(), 8_000);
    }

    @Test
    void aRestoreReadsSegmentsAndBlocksOnce() {
        for (Costs costs : List.of(few, many)) {
            assertThat(costs.restore().reads()).isLessThanOrEqualTo(4 + costs.segments() + blocks(costs));
            assertThat(costs.restore().calls(Verb.PUT)).isZero();
        }
        isFlat(few.restore(), many.restore(), 4_000);
    }

    @Test
    void aListReadsTheCatalogAlone() {
        for (Costs costs : List.of(few, many)) {
            assertThat(costs.list().reads()).isLessThanOrEqualTo(4 + costs.segments());
            assertThat(costs.list().calls(Verb.LIST)).isLessThanOrEqualTo(2);
        }
        isFlat(few.list(), many.list(), 1_500);
    }

    @Test
    void verificationReadsEachObjectOnceAndContentOnceMore() {
        for (Costs costs : List.of(few, many)) {
            assertThat(costs.integrity().reads()).isLessThanOrEqualTo(MOST_OBJECTS + costs.segments());
            assertThat(costs.verify().reads()).isLessThanOrEqualTo(MOST_OBJECTS + costs.segments() + blocks(costs));
            assertThat(costs.integrity().calls(Verb.PUT)).isZero();
        }
        isFlat(few.integrity(), many.integrity(), 5_000);
        isFlat(few.verify(), many.verify(), 12_000);
    }

    @Test
    void pruningReadsCatalogsNotContent() {
        for (Costs costs : List.of(few, many)) {
            assertThat(costs.prune().reads()).isLessThanOrEqualTo(MOST_OBJECTS + costs.segments());
        }
        assertThat(many.prune().calls(Verb.LIST)).isEqualTo(few.prune().calls(Verb.LIST));
        isFlat(few.prune(), many.prune(), 1_000);
    }

    /** No more calls of any other kind than for few files, and no more memory for each; about half of the most is usual. */
    private static void isFlat(Costs.Cost small, Costs.Cost large, int mostAllocated) {
        for (Verb verb : List.of(Verb.PUT, Verb.LIST, Verb.SIZE, Verb.DELETE)) {
            assertThat(large.calls(verb)).as("%s", verb).isLessThanOrEqualTo(small.calls(verb) + 2);
        }
        assertThat(large.allocated() / (double) MANY)
                .as("bytes allocated for a file")
                .isLessThanOrEqualTo(mostAllocated)
                .isLessThanOrEqualTo(small.allocated() / (double) FEW * FLAT);
    }

    /** Of 4 MiB each at most, were none of them full. */
    private static int blocks(Costs costs) {
        return (int) (2 + 2 * costs.contentBytes() / (4 << 20));
    }
}
