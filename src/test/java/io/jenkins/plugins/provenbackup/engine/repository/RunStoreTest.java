package io.jenkins.plugins.provenbackup.engine.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStoreTest {

    private static final Instant NOW = Instant.parse("2024-05-06T00:00:00Z");

    @TempDir
    private Path scratch;

    private Fixture fixture;
    private RunStore runs;

    @BeforeEach
    void create() throws Exception {
        fixture = new Fixture(scratch.resolve("here"));
        runs = new RunStore(fixture.replica);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aDeadRunsCheckpointsAreOfUseForSevenDays() throws Exception {
        RunId run = fixture.putRun(NOW);
        assertThat(unfinishedAt(NOW.plus(Duration.ofDays(7).minusSeconds(1)))).containsExactly(run);
        assertThat(unfinishedAt(NOW.plus(Duration.ofDays(7)))).isEmpty();
    }

    @Test
    void checkpointsComeBackAsTheyWerePut() throws Exception {
        RunId run = fixture.putRun(NOW);
        List<Checkpoint> checkpoints =
                runs.unfinished(fixture.key, Set.of(), NOW).get(0).checkpoints();
        assertThat(checkpoints).hasSize(2);
        Checkpoint expected = fixture.checkpoint(run, 1);
        assertThat(checkpoints.get(1).archives()).isEqualTo(expected.archives());
        assertThat(checkpoints.get(1).time()).isEqualTo(Fixture.NOW);
        assertThat(checkpoints.get(1).segments().get(0)).containsExactly(1, 2);
    }

    @Test
    void finishedRunsAndThoseOfOtherSourcesAreNoneToGoOnWith() throws Exception {
        RunId run = fixture.putRun(NOW);
        assertThat(runs.unfinished(fixture.key, Set.of(run), NOW)).isEmpty();
        try (SourceKey other = fixture.recovery.sourceKey("other").orElseThrow()) {
            assertThat(runs.unfinished(other, Set.of(), NOW)).isEmpty();
        }
    }

    @Test
    void aHeartbeatAloneIsOfNoUse() throws Exception {
        runs.put(fixture.checkpoint(RunId.random(), 0), fixture.key);
        assertThat(runs.unfinished(fixture.key, Set.of(), Instant.now())).isEmpty();
    }

    @Test
    void theNewestRunComesFirst() throws Exception {
        RunId older = fixture.putRun(NOW.minusSeconds(100));
        RunId newer = fixture.putRun(NOW);
        assertThat(unfinishedAt(NOW)).containsExactly(newer, older);
    }

    @Test
    void checkpointsAfterAGapOrDamageAreLeftOut() throws Exception {
        RunId run = fixture.putRun(Instant.now());
        for (int number : new int[] {2, 4}) {
            runs.put(fixture.checkpoint(run, number), fixture.key);
        }
        assertThat(checkpoints()).hasSize(3);
        Path second = fixture.root.resolve(Layout.runObject(run, 2));
        byte[] bytes = Files.readAllBytes(second);
        bytes[bytes.length - 1] ^= 1;
        Files.write(second, bytes);
        assertThat(checkpoints()).hasSize(2);
    }

    @Test
    void checkpointsMovedToAnotherRunAreLeftOut() throws Exception {
        RunId run = fixture.putRun(Instant.now());
        RunId invented = RunId.random();
        Path folder = Files.createDirectories(fixture.root.resolve(Layout.run(invented)));
        for (int number = 0; number < 2; number++) {
            Path from = fixture.root.resolve(Layout.runObject(run, number));
            Files.copy(from, folder.resolve(from.getFileName()));
        }
        assertThat(runs.unfinished(fixture.key, Set.of(run), Instant.now())).isEmpty();
    }

    private List<RunId> unfinishedAt(Instant time) throws Exception {
        return runs.unfinished(fixture.key, Set.of(), time).stream()
                .map(RunStore.Unfinished::run)
                .toList();
    }

    private List<Checkpoint> checkpoints() throws Exception {
        return runs.unfinished(fixture.key, Set.of(), Instant.now()).get(0).checkpoints();
    }
}
