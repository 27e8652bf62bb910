package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.archive.BlockParameters;
import io.jenkins.plugins.provenbackup.engine.archive.BlockRange;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import io.jenkins.plugins.provenbackup.engine.prune.PruneRequest;
import io.jenkins.plugins.provenbackup.engine.repository.ArchiveTable;
import io.jenkins.plugins.provenbackup.engine.repository.BlockId;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.MovedBlocks;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import io.jenkins.plugins.provenbackup.engine.restore.Restore;
import io.jenkins.plugins.provenbackup.engine.restore.RestoreRequest;
import io.jenkins.plugins.provenbackup.engine.target.Overwrite;
import io.jenkins.plugins.provenbackup.engine.target.Ownership;
import io.jenkins.plugins.provenbackup.engine.target.Unlisted;
import io.jenkins.plugins.provenbackup.testing.TreeComparer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever has one source's key can say of its own blocks that they were moved anywhere, and learns nothing by it. */
class HostileMoveTest {

    private static final String SECRET = "the victim's secret";

    @TempDir
    private Path temp;

    private Laboratory laboratory;
    private Manifest victim;
    private Manifest hostile;
    private SourceKey thief;

    @BeforeEach
    void saysThatItsBlocksAreTheVictims() throws Exception {
        laboratory = Laboratory.at(temp.resolve("a"));
        laboratory.tune(laboratory.tuning().withBlocks(new BlockParameters(64 << 10, 64 << 10, 1 << 20, 4)));
        SampleFiles.write(temp.resolve("victim/file"), SECRET);
        SampleFiles.write(temp.resolve("thief/file"), "x".repeat(SECRET.length()));
        laboratory.backup(laboratory.request("victim", temp.resolve("victim"), SnapshotKind.FULL));
        laboratory.backup(laboratory.request("thief", temp.resolve("thief"), SnapshotKind.FULL));
        thief = laboratory.recovery().sourceKey("thief").orElseThrow();
        victim = only("victim");
        hostile = claimMoved(only("thief"));
    }

    @AfterEach
    void close() {
        thief.close();
        laboratory.close();
    }

    private Manifest only(String source) throws IOException {
        try (SourceKey key = laboratory.recovery().sourceKey(source).orElseThrow()) {
            return new SnapshotStore(laboratory.replicas().get(0))
                    .load(key)
                    .manifests()
                    .get(0);
        }
    }

    /** The next generation of a snapshot whose blocks are said to be in the victim's first one. */
    private Manifest claimMoved(Manifest own) throws IOException {
        BlockRange theirs = victim.archives().archives().get(0).ranges().get(0);
        MovedBlocks.Target target =
                new MovedBlocks.Target(new BlockId(theirs.stream(), theirs.first()), SECRET.length(), SECRET.length());
        Map<BlockId, MovedBlocks.Place> places = new HashMap<>();
        for (BlockRange range : own.archives().archives().get(0).ranges()) {
            range.numbers()
                    .forEach(block -> places.put(new BlockId(range.stream(), block), new MovedBlocks.Place(target, 0)));
        }
        List<ArchiveTable.Row> rows = new ArrayList<>(own.archives().archives());
        rows.addAll(victim.archives().archives());
        Manifest next = own.withArchives(new ArchiveTable(rows), new MovedBlocks(places), List.of());
        new SnapshotStore(laboratory.replicas().get(0)).put(next, next.encode(thief));
        return next;
    }

    @Test
    void anothersContentIsNotRestored() throws Exception {
        Path target = temp.resolve("restored");
        var result = Restore.run(
                new RestoreRequest(
                        hostile,
                        thief,
                        header -> StreamKey.open(header, laboratory.recovery()),
                        laboratory.replicas(),
                        target,
                        Optional.empty(),
                        Overwrite.ALWAYS,
                        Ownership.RESTORE,
                        Unlisted.KEEP,
                        RestoreRequest.Mode.WRITE),
                ProgressListener.NONE);

        assertThat(result.failures()).hasSize(1);
        assertThat(result.failures().toString()).contains("another source");
        if (Files.exists(target.resolve("file"))) {
            assertThat(Files.readString(target.resolve("file"))).doesNotContain("secret");
        }
    }

    @Test
    void aRepackNeitherMovesNorLosesAnothersContent() throws Exception {
        Gardener gardener = new Gardener(laboratory, Clock.systemUTC(), Files.createDirectory(temp.resolve("spool")));
        for (int i = 0; i < 2; i++) {
            var result = gardener.prune(Gardener.with(
                    gardener.request(Gardener.SMALL_BLOCKS), PruneRequest.Waiting.NOW, PruneRequest.Mode.WRITE));
            assertThat(result.repacked().blocks()).isZero();
        }
        try (SourceKey key = laboratory.recovery().sourceKey("victim").orElseThrow()) {
            Restore.run(
                    new RestoreRequest(
                            only("victim"),
                            key,
                            header -> StreamKey.open(header, laboratory.recovery()),
                            laboratory.replicas(),
                            temp.resolve("restored"),
                            Optional.empty(),
                            Overwrite.ALWAYS,
                            Ownership.RESTORE,
                            Unlisted.KEEP,
                            RestoreRequest.Mode.WRITE),
                    ProgressListener.NONE);
        }
        assertThat(TreeComparer.differences(temp.resolve("victim"), temp.resolve("restored")))
                .isEmpty();
    }
}
