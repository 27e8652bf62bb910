package io.jenkins.plugins.provenbackup.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.archive.ArchiveBytes;
import io.jenkins.plugins.provenbackup.engine.archive.ArchiveCopy;
import io.jenkins.plugins.provenbackup.engine.archive.ArchiveReader;
import io.jenkins.plugins.provenbackup.engine.archive.BlockRange;
import io.jenkins.plugins.provenbackup.engine.archive.SealedBlock;
import io.jenkins.plugins.provenbackup.engine.archive.SpoolPool;
import io.jenkins.plugins.provenbackup.engine.crypto.KeyFile;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import io.jenkins.plugins.provenbackup.engine.crypto.WrongKeyException;
import io.jenkins.plugins.provenbackup.engine.repository.ArchiveTable;
import io.jenkins.plugins.provenbackup.engine.repository.Inventory;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.ObjectRef;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import io.jenkins.plugins.provenbackup.engine.restore.Restore;
import io.jenkins.plugins.provenbackup.engine.restore.RestoreRequest;
import io.jenkins.plugins.provenbackup.engine.restore.RestoreResult;
import io.jenkins.plugins.provenbackup.engine.target.Overwrite;
import io.jenkins.plugins.provenbackup.engine.target.Ownership;
import io.jenkins.plugins.provenbackup.engine.target.Unlisted;
import io.jenkins.plugins.provenbackup.format.reader.RepositoryReader;
import io.jenkins.plugins.provenbackup.testing.TreeComparer;
import io.jenkins.plugins.provenbackup.testing.TreeFixture;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The story of the keys: an administrator makes a repository and gives a machine the key of one source. The machine backs
 * itself up, a prune without any content key moves its blocks, and the recovery key restores them.
 */
class KeyStoryTest {

    private static final String SOURCE = "home";

    @TempDir
    private Path scratch;

    private Path tree;
    private SampleRepository repository;

    /** All that the machine has: the text of a key file. */
    private byte[] exported;

    @BeforeEach
    void anAdministratorMakesARepositoryAndExportsTheKeyOfOneSource() throws Exception {
        tree = scratch.resolve("tree");
        TreeFixture.zoo(tree);
        repository = SampleRepository.create(scratch.resolve("repository"));
        try (SourceKey key = repository.recovery.sourceKey(SOURCE).orElseThrow()) {
            exported = KeyFile.encode(key);
        }
    }

    @AfterEach
    void close() {
        repository.close();
    }

    @Test
    void theMachineBacksUpWithTheExportedKeyAloneAndTheRecoveryKeyRestores() throws Exception {
        backupWithTheExportedKey();
        readWithBothReaders();
    }

    @Test
    void theExportedKeyHoldsNoSecretOfTheRecoveryKey() {
        byte[] recovery = payload(KeyFile.encode(repository.recovery));
        String source = hex(payload(exported));
        // repository-format.md, section 4: magic, kind, repository id, then secrets; a count; number, seed and master
        int signingSeed = 4 + 1 + 16;
        int pseudonymKey = signingSeed + 32;
        int seed = pseudonymKey + 32 + 4 + 4;
        int master = seed + 32;
        assertThat(recovery).hasSize(master + 32 + 8);
        for (int secret : new int[] {signingSeed, pseudonymKey, seed, master}) {
            assertThat(source).doesNotContain(hex(Arrays.copyOfRange(recovery, secret, secret + 32)));
        }
    }

    @Test
    void theExportedKeyOpensNoContent() throws Exception {
        try (SourceKey key = exportedKey()) {
            assertThat(key.recovery()).isEmpty();
        }
        List<Method> ways = Arrays.stream(StreamKey.class.getMethods())
                .filter(method -> method.getReturnType() == StreamKey.class)
                .filter(method -> !method.getName().equals("create"))
                // takes the opened key of that one stream itself, which a source key does not hold either
                .filter(method -> !method.getName().equals("received"))
                .toList();
        assertThat(ways)
                .isNotEmpty()
                .allSatisfy(way -> assertThat(way.getParameterTypes()).contains(RecoveryKey.class));
    }

    @Test
    void theExportedKeyOpensNoManifestOfAnotherSource() throws Exception {
        repository.backup("other", tree.resolve("names"), SnapshotKind.INCREMENTAL);
        SnapshotStore store = new SnapshotStore(repository.replica);
        try (SourceKey key = exportedKey()) {
            SnapshotStore.Listed others = store.listAll().get(0);
            assertThatThrownBy(() -> store.read(others.name(), key)).isInstanceOf(WrongKeyException.class);
            assertThat(store.load(key).manifests()).isEmpty();
            assertThat(key.sourceKey("other")).isEmpty();
        }
    }

    @Test
    void aPruneMovesBlocksWithoutAnyContentKeyAndTheSnapshotStaysReadable() throws Exception {
        backupWithTheExportedKey();
        Manifest before = onlyManifest();
        Manifest after = compactWithTheExportedKey(before);
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.generation()).isEqualTo(before.generation() + 1);
        assertThat(after.archives().archives())
                .hasSizeLessThan(before.archives().archives().size());
        assertThat(Inventory.of(repository.replica).isComplete(before)).isFalse();
        assertThat(Inventory.of(repository.replica).isComplete(after)).isTrue();
        readWithBothReaders();
    }

    @Test
    void theMachineGoesOnAfterAPrune() throws Exception {
        backupWithTheExportedKey();
        compactWithTheExportedKey(onlyManifest());
        Files.writeString(tree.resolve("new"), "written after the prune");
        int archives = repository.objects(Layout.ARCHIVES).size();
        backupWithTheExportedKey();
        assertThat(repository.objects(Layout.ARCHIVES)).hasSize(archives + 1);
        readWithBothReaders();
    }

    private SourceKey exportedKey() throws Exception {
        return (SourceKey) KeyFile.parse(exported);
    }

    private void backupWithTheExportedKey() throws Exception {
        try (SourceKey key = exportedKey()) {
            assertThat(repository
                            .backup(key, SOURCE, tree, SnapshotKind.INCREMENTAL)
                            .problems())
                    .isEmpty();
        }
    }

    private Manifest onlyManifest() throws Exception {
        try (SourceKey key = exportedKey()) {
            List<Manifest> manifests =
                    new SnapshotStore(repository.replica).load(key).manifests();
            assertThat(manifests).hasSize(1);
            return manifests.get(0);
        }
    }

    /** Copies all blocks into fewer archives, puts the next generation, and deletes the old archives. */
    private Manifest compactWithTheExportedKey(Manifest before) throws Exception {
        List<ArchiveTable.Row> rows = new ArrayList<>();
        try (SourceKey key = exportedKey();
                SpoolPool pool = new SpoolPool(1 << 20, 2, scratch);
                ArchiveCopy copy = new ArchiveCopy(pool, 1 << 20, archive -> {
                    repository.replica.storage().put(Layout.archive(archive.hash()), archive.payload());
                    rows.add(new ArchiveTable.Row(new ObjectRef(archive.hash(), archive.size()), archive.ranges()));
                    archive.release();
                })) {
            for (ArchiveTable.Row row : before.archives().archives()) {
                ArchiveReader reader = ArchiveReader.open(ArchiveBytes.of(
                        repository.replica.read(Layout.archive(row.archive().hash()))));
                for (BlockRange range : row.ranges()) {
                    byte[] header = reader.streamHeader(range.stream());
                    for (SealedBlock block :
                            reader.read(range.stream(), range.first(), range.first() + range.count() - 1)) {
                        copy.add(header, block);
                    }
                }
            }
            copy.finish();
            Manifest after = before.withArchives(new ArchiveTable(rows), before.moved(), before.sparse());
            new SnapshotStore(repository.replica).put(after, after.encode(key));
            for (ArchiveTable.Row row : before.archives().archives()) {
                repository.replica.storage().delete(Layout.archive(row.archive().hash()));
            }
            return after;
        }
    }

    private void readWithBothReaders() throws Exception {
        Path second = scratch.resolve("restored-by-second-reader");
        RepositoryReader.withRecoveryKey(repository.root, repository.recoveryKeyText())
                .restoreNewest(SOURCE, second);
        assertThat(TreeComparer.differences(tree, second)).isEmpty();

        Path engine = scratch.resolve("restored-by-engine");
        try (SourceKey key = repository.recovery.sourceKey(SOURCE).orElseThrow()) {
            List<Manifest> manifests =
                    new SnapshotStore(repository.replica).load(key).manifests();
            RestoreRequest request = new RestoreRequest(
                    manifests.get(manifests.size() - 1),
                    key,
                    header -> StreamKey.open(header, repository.recovery),
                    List.of(repository.replica),
                    engine,
                    Optional.empty(),
                    Overwrite.NEVER,
                    Ownership.RESTORE,
                    Unlisted.KEEP,
                    RestoreRequest.Mode.WRITE);
            RestoreResult result = Restore.run(request, ProgressListener.NONE);
            assertThat(TreeComparer.differences(tree, engine, TreeComparer.limitsOfJava()))
                    .as("%s", result)
                    .isEmpty();
        }
    }

    private static byte[] payload(byte[] keyFile) {
        String text = new String(keyFile, StandardCharsets.US_ASCII).replaceAll("-----[A-Z ]+-----", "");
        return Base64.getMimeDecoder().decode(text);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
