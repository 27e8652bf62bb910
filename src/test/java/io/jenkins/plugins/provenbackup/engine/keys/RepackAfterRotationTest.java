package io.jenkins.plugins.provenbackup.engine.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.prune.Prune;
import io.jenkins.plugins.provenbackup.engine.prune.PruneRequest;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage;
import io.jenkins.plugins.provenbackup.testing.Command;
import io.jenkins.plugins.provenbackup.testing.TreeComparer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots of two epochs: what is repacked of each stays of its epoch. */
class RepackAfterRotationTest {

    @TempDir
    private Path temp;

    private final Random random = new Random(3);
    private final List<Path> trees = new ArrayList<>();

    private void backup(KeyedRepository repository, RecoveryKey key, Path tree) throws Exception {
        Files.createDirectories(tree);
        for (int i = 0; i < 40; i++) {
            byte[] content = new byte[200 + random.nextInt(4000)];
            random.nextBytes(content);
            Files.write(tree.resolve("f" + (trees.isEmpty() ? i : random.nextInt(60))), content);
        }
        repository.backup(key, tree, repository.near, repository.far);
        Path copy = temp.resolve("tree" + trees.size());
        assertThat(Command.run("cp", "-a", tree.toString(), copy.toString()).status())
                .isZero();
        trees.add(copy);
    }

    @Test
    void snapshotsOfAnOlderEpochAreRepackedUnderItsKeysAndRestore() throws Exception {
        Path tree = temp.resolve("tree");
        try (KeyedRepository repository = KeyedRepository.in(temp)) {
            try (RecoveryKey key = repository.open(repository.anna, repository.near)) {
                for (int i = 0; i < 3; i++) {
                    backup(repository, key, tree);
                }
            }
            repository.rotate(repository.anna);
            try (RecoveryKey key = repository.open(repository.anna, repository.near)) {
                for (int i = 0; i < 3; i++) {
                    backup(repository, key, tree);
                }
                removeManifests(repository, 0, 3);
                Path spool = Files.createDirectory(temp.resolve("spool"));
                var result = Prune.run(
                        new PruneRequest(
                                repository.both().reached(),
                                key,
                                PruneRequest.Compacting.REPACK,
                                PruneRequest.Waiting.NOW,
                                PruneRequest.Mode.WRITE,
                                spool),
                        ProgressListener.NONE,
                        Clock.systemUTC());
                assertThat(result.repacked().blocks()).isPositive();

                for (FaultyStorage storage : List.of(repository.near, repository.far)) {
                    List<Manifest> left = repository.snapshots(key, storage);
                    assertThat(left).extracting(Manifest::epoch).containsExactly(1, 1, 2, 2);
                    assertThat(left)
                            .allMatch(manifest -> !manifest.moved().places().isEmpty());
                    for (Manifest manifest : left) {
                        Path target =
                                Files.createTempDirectory(temp, "restored").resolve("tree");
                        repository.restore(manifest, key, storage, target);
                        assertThat(TreeComparer.differences(trees.get((int) manifest.sequence() - 1), target))
                                .isEmpty();
                    }
                }
            }
        }
    }

    private static void removeManifests(KeyedRepository repository, int... indexes) throws IOException {
        for (var replica : repository.both().reached()) {
            SnapshotStore store = new SnapshotStore(replica);
            List<SnapshotStore.Listed> listed = store.listAll();
            for (int index : indexes) {
                store.delete(listed.get(index).name());
            }
        }
    }
}
