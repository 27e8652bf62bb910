package io.jenkins.plugins.provenbackup.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.catalog.Catalog;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.format.reader.FormatException;
import io.jenkins.plugins.provenbackup.format.reader.RepositoryReader;
import io.jenkins.plugins.provenbackup.testing.TreeComparer;
import io.jenkins.plugins.provenbackup.testing.TreeFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the engine writes, a reader restores that was written from the format's description alone. */
class SecondReaderTest {

    private static final int CHUNKS_OF_A_LARGE_FILE = 600;

    @TempDir
    private Path scratch;

    private Path tree;

    @BeforeEach
    void makeTree() throws Exception {
        tree = scratch.resolve("tree");
        TreeFixture.zoo(tree);
        Files.write(tree.resolve("large"), random(CHUNKS_OF_A_LARGE_FILE * 3000));
    }

    @Test
    void restoresWhatTheEngineBackedUp() throws Exception {
        try (SampleRepository repository = SampleRepository.createWithPassphrase(scratch.resolve("repository"))) {
            repository.backup("home", tree, SnapshotKind.INCREMENTAL);
            RepositoryReader.withPassphrase(repository.root, SampleRepository.PASSPHRASE)
                    .restoreNewest("home", scratch.resolve("restored"));
        }
        assertThat(TreeComparer.differences(tree, scratch.resolve("restored"))).isEmpty();
    }

    @Test
    void restoresTheNewestOfManySnapshots() throws Exception {
        try (SampleRepository repository = SampleRepository.create(scratch.resolve("repository"))) {
            repository.backup("home", tree, SnapshotKind.INCREMENTAL);
            repository.backup("other", tree.resolve("names"), SnapshotKind.INCREMENTAL);
            Files.write(tree.resolve("large"), random(100_000));
            Files.createDirectory(tree.resolve("new"));
            Files.writeString(tree.resolve("new/file"), "new");
            BackupResult incremental = repository.backup("home", tree, SnapshotKind.INCREMENTAL);
            assertThat(incremental.kind()).isEqualTo(SnapshotKind.INCREMENTAL);
            Files.delete(tree.resolve("hardlinks/first"));
            Files.write(tree.resolve("random"), random(700_000));
            BackupResult differential = repository.backup("home", tree, SnapshotKind.DIFFERENTIAL);
            assertThat(differential.kind()).isEqualTo(SnapshotKind.DIFFERENTIAL);
            RepositoryReader reader = RepositoryReader.withRecoveryKey(repository.root, repository.recoveryKeyText());
            reader.restoreNewest("home", scratch.resolve("restored"));
            reader.restoreNewest("other", scratch.resolve("restored-other"));
        }
        assertThat(TreeComparer.differences(tree, scratch.resolve("restored"))).isEmpty();
        assertThat(TreeComparer.differences(tree.resolve("names"), scratch.resolve("restored-other")))
                .isEmpty();
    }

    @Test
    void readsWhatWasRepacked() throws Exception {
        for (int i = 0; i < 60; i++) {
            Files.write(tree.resolve("small" + i), random(1000 + i));
        }
        try (SampleRepository repository = SampleRepository.create(scratch.resolve("repository"))) {
            repository.backup("home", tree, SnapshotKind.INCREMENTAL);
            for (int i = 0; i < 60; i += 1 + i % 3) {
                Files.write(tree.resolve("small" + i), random(2000 + i));
            }
            repository.backup("home", tree, SnapshotKind.INCREMENTAL);
            repository.forgetAllButTheNewest();
            Manifest manifest = repository.repack();
            assertThat(manifest.moved().places()).isNotEmpty();
            RepositoryReader.withRecoveryKey(repository.root, repository.recoveryKeyText())
                    .restoreNewest("home", scratch.resolve("restored"));
        }
        assertThat(TreeComparer.differences(tree, scratch.resolve("restored"))).isEmpty();
    }

    @Test
    void readsThePassphraseInNormalFormAndNoOther() throws Exception {
        try (SampleRepository repository = SampleRepository.createWithPassphrase(scratch.resolve("repository"))) {
            String decomposed = SampleRepository.PASSPHRASE.replace("\u00fc", "u\u0308");
            assertThat(RepositoryReader.withPassphrase(repository.root, decomposed))
                    .isNotNull();
            assertThatThrownBy(() -> RepositoryReader.withPassphrase(repository.root, "another"))
                    .isInstanceOf(FormatException.class)
                    .hasMessage("sealed with another key");
        }
    }

    @Test
    void readsACatalogWhoseListIsSegmentedItself() throws Exception {
        Path links = Files.createDirectory(scratch.resolve("links"));
        int longestTarget = 4000;
        int segments = 2;
        for (int i = 0; i < segments * (1 << 20) / longestTarget; i++) {
            Files.createSymbolicLink(links.resolve("link" + i), Path.of((i + "-").repeat(longestTarget / 6)));
        }
        try (SampleRepository repository = SampleRepository.create(scratch.resolve("repository"))) {
            Manifest manifest = repository.putCatalogOf(links, "links", 1);
            assertThat(manifest.facts().catalog().level()).isEqualTo(Catalog.Level.LISTS);
            RepositoryReader.withRecoveryKey(repository.root, repository.recoveryKeyText())
                    .restoreNewest("links", scratch.resolve("restored"));
        }
        assertThat(TreeComparer.differences(links, scratch.resolve("restored"))).isEmpty();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
