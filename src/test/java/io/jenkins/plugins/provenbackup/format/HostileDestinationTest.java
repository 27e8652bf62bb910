package io.jenkins.plugins.provenbackup.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.crypto.BadSignatureException;
import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.crypto.ForeignRepositoryException;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.RepositoryId;
import io.jenkins.plugins.provenbackup.engine.crypto.SignedDocument;
import io.jenkins.plugins.provenbackup.engine.crypto.Slot;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.crypto.UnsupportedFormatException;
import io.jenkins.plugins.provenbackup.engine.crypto.WrongPassphraseException;
import io.jenkins.plugins.provenbackup.engine.repository.EpochDocuments;
import io.jenkins.plugins.provenbackup.engine.repository.KeySlots;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.ManifestName;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.local.LocalStorage;
import io.jenkins.plugins.provenbackup.format.reader.FormatException;
import io.jenkins.plugins.provenbackup.format.reader.RepositoryReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a destination could do to a repository, and how it is noticed. */
class HostileDestinationTest {

    private static final String SOURCE = "home";

    @TempDir
    private Path scratch;

    private Path tree;
    private SampleRepository repository;
    private SourceKey key;
    private SnapshotStore snapshots;

    @BeforeEach
    void backUp() throws Exception {
        tree = Files.createDirectory(scratch.resolve("tree"));
        byte[] random = new byte[400_000];
        new Random(1).nextBytes(random);
        Files.write(tree.resolve("large"), random);
        Files.writeString(tree.resolve("small"), "small");
        repository = SampleRepository.create(scratch.resolve("repository"));
        repository.backup(SOURCE, tree, SnapshotKind.FULL);
        key = repository.recovery.sourceKey(SOURCE).orElseThrow();
        snapshots = new SnapshotStore(repository.replica);
    }

    @AfterEach
    void close() {
        key.close();
        repository.close();
    }

    @Test
    void aFlippedBitInAManifestIsNoticedByItsName() throws Exception {
        Path manifest = manifestFile();
        byte[] bytes = Files.readAllBytes(manifest);
        bytes[bytes.length / 2] ^= 1;
        Files.write(manifest, bytes);
        assertOneBroken(DamagedException.class);
    }

    @Test
    void aFlippedBitUnderTheRightNameIsNoticedByTheSeal() throws Exception {
        byte[] bytes = Files.readAllBytes(manifestFile());
        for (int at = 0; at < bytes.length; at += 97) {
            byte[] forged = bytes.clone();
            forged[at] ^= 1;
            ManifestName name = new ManifestName(key.sourceId(), 1, 0, ObjectHash.ofContent(forged));
            Path place = Files.write(repository.root.resolve(name.object()), forged);
            assertThatThrownBy(() -> snapshots.read(name, key)).isInstanceOf(IOException.class);
            Files.delete(place);
        }
    }

    @Test
    void aTruncatedManifestIsNoticed() throws Exception {
        Path manifest = manifestFile();
        Files.write(manifest, Arrays.copyOf(Files.readAllBytes(manifest), 300));
        assertOneBroken(DamagedException.class);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"0000000002-0000", "0000000001-0001"})
    void aManifestUnderAnotherSequenceOrGenerationIsNoticed(String numbers) throws Exception {
        Path manifest = manifestFile();
        String name = manifest.getFileName().toString();
        Files.move(manifest, manifest.resolveSibling(numbers + name.substring(name.lastIndexOf('-'))));
        assertOneBroken(DamagedException.class);
    }

    @Test
    void aManifestInTheFolderOfAnotherSourceIsNoticed() throws Exception {
        try (SourceKey other = repository.recovery.sourceKey("other").orElseThrow()) {
            Path manifest = manifestFile();
            Path folder = Files.createDirectories(repository.root.resolve(Layout.snapshots(other.sourceId())));
            Files.move(manifest, folder.resolve(manifest.getFileName()));
            SnapshotStore.Loaded loaded = snapshots.load(other);
            assertThat(loaded.manifests()).isEmpty();
            assertThat(loaded.broken()).hasSize(1);
            assertThat(loaded.broken().get(0).problem()).isInstanceOf(CryptoException.class);
        }
    }

    @Test
    void anOlderGenerationThatIsPutBackDoesNotReplaceTheNewer() throws Exception {
        Manifest first = snapshots.load(key).manifests().get(0);
        byte[] old = Files.readAllBytes(manifestFile());
        Path oldFile = manifestFile();
        Manifest second = first.withTags(new TreeMap<>(Map.of("held", "yes")));
        snapshots.put(second, second.encode(key));
        Files.delete(oldFile);
        Files.write(oldFile, old);
        List<Manifest> all = snapshots.load(key).manifests();
        assertThat(all).extracting(Manifest::generation).containsExactly(0, 1);
        assertThat(all.get(1).tags()).containsKey("held");
    }

    @Test
    void theDescriptionOfAnotherRepositoryIsNoticed() throws Exception {
        try (SampleRepository other = SampleRepository.create(scratch.resolve("other"))) {
            replace(Layout.REPOSITORY, Files.readAllBytes(other.root.resolve(Layout.REPOSITORY)));
        }
        assertThatThrownBy(this::openAndVerify).isInstanceOf(ForeignRepositoryException.class);
    }

    @Test
    void aDescriptionSignedByAnotherKeyIsNoticed() throws Exception {
        String text =
                new String(Files.readAllBytes(repository.root.resolve(Layout.REPOSITORY)), StandardCharsets.UTF_8);
        assertThat(text).contains(repository.recovery.repositoryId().hex());
        try (RecoveryKey attacker = RecoveryKey.generate(repository.recovery.repositoryId())) {
            replace(Layout.REPOSITORY, description("1", "", "fastcdc-gear64", attacker));
        }
        assertThatThrownBy(this::openAndVerify).isInstanceOf(BadSignatureException.class);
        assertThatThrownBy(this::readWithTheSecondReader).isInstanceOf(FormatException.class);
    }

    @ParameterizedTest(name = "format {0}, requires [{1}], chunker {2}")
    @CsvSource({"2,'',fastcdc-gear64,2", "1,time-travel,fastcdc-gear64,time-travel", "1,'',rabin,rabin"})
    void whatThisProgramDoesNotKnowIsRefusedByItsName(String format, String feature, String chunker, String named)
            throws Exception {
        replace(Layout.REPOSITORY, description(format, feature, chunker, repository.recovery));
        assertThatThrownBy(this::openAndVerify)
                .isInstanceOf(UnsupportedFormatException.class)
                .hasMessageContaining(named);
    }

    @Test
    void aReplacedEpochIsNoticed() throws Exception {
        EpochDocuments.verify(repository.replica, key);
        byte[] genuine = Files.readAllBytes(repository.root.resolve(Layout.epoch(1)));
        try (RecoveryKey attacker = RecoveryKey.generate(repository.recovery.repositoryId());
                SampleRepository other = SampleRepository.create(scratch.resolve("other"))) {
            replace(Layout.epoch(1), SignedDocument.sign("epoch", "{}", attacker));
            assertThatThrownBy(this::verifyEpoch).isInstanceOf(BadSignatureException.class);
            replace(Layout.epoch(1), Files.readAllBytes(other.root.resolve(Layout.epoch(1))));
            assertThatThrownBy(this::verifyEpoch).isInstanceOf(BadSignatureException.class);
            replace(Layout.epoch(1), Files.readAllBytes(repository.root.resolve(Layout.REPOSITORY)));
            assertThatThrownBy(this::verifyEpoch).isInstanceOf(BadSignatureException.class);
        }
        replace(Layout.epoch(1), SignedDocument.sign("epoch", "{}", repository.recovery));
        assertThatThrownBy(this::verifyEpoch).isInstanceOf(DamagedException.class);
        replace(Layout.epoch(1), new byte[2 << 20]);
        assertThatThrownBy(this::verifyEpoch)
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("1 MiB");
        Files.delete(repository.root.resolve(Layout.epoch(1)));
        assertThatThrownBy(this::verifyEpoch)
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("missing");
        replace(Layout.epoch(1), genuine);
        EpochDocuments.verify(repository.replica, key);
    }

    @Test
    void damagedForeignAndWronglyOpenedSlotsAreToldApart() throws Exception {
        byte[] slot = Slot.create(repository.recovery, "right".toCharArray(), "mine", Instant.EPOCH)
                .encode();
        KeySlots.put(repository.replica.storage(), List.of(slot));
        Path file = repository.objects(Layout.KEYS).get(0);
        destination().unlock("right".toCharArray()).close();
        assertThatThrownBy(() -> destination().unlock("wrong".toCharArray()))
                .isInstanceOf(WrongPassphraseException.class);
        String damaged = new String(slot, StandardCharsets.UTF_8).replace("mine", "nine");
        Files.writeString(file, damaged);
        assertThatThrownBy(() -> destination().unlock("right".toCharArray())).isInstanceOf(DamagedException.class);
        try (RecoveryKey other = RecoveryKey.generate(RepositoryId.random())) {
            Files.write(
                    file,
                    Slot.create(other, "right".toCharArray(), "mine", Instant.EPOCH)
                            .encode());
            assertThatThrownBy(() -> destination().unlock("right".toCharArray()))
                    .isInstanceOf(ForeignRepositoryException.class);
        }
    }

    private Destinations destination() {
        return new Destinations(List.of(repository.replica), Map.of());
    }

    @Test
    void aSlotOfManyMegabytesIsDamagedAndNotRead() throws Exception {
        Files.createDirectories(repository.root.resolve(Layout.KEYS));
        replace(Layout.slot("0123456789abcdef"), new byte[2 << 20]);
        assertThat(KeySlots.list(repository.replica).get(0).problem().orElseThrow())
                .isInstanceOf(DamagedException.class);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"archives", "catalogs"})
    void objectsSwappedUnderEachOthersNamesAreNoticed(String folder) throws Exception {
        repository.backup("other", tree, SnapshotKind.FULL);
        List<Path> objects = repository.objects(folder);
        assertThat(objects).hasSizeGreaterThan(1);
        for (int i = 0; i + 1 < objects.size(); i += 2) {
            Path aside = scratch.resolve("aside");
            Files.move(objects.get(i), aside);
            Files.move(objects.get(i + 1), objects.get(i));
            Files.move(aside, objects.get(i + 1));
        }
        assertThatThrownBy(this::readWithTheSecondReader).isInstanceOf(FormatException.class);
    }

    @Test
    void theTwinOfAManifestIsIntactAndEqual() throws Exception {
        Path manifest = manifestFile();
        String name = manifest.getFileName().toString();
        ObjectHash hash = ObjectHash.parse(name.substring(name.lastIndexOf('-') + 1));
        assertThat(Files.mismatch(manifest, repository.root.resolve(Layout.catalog(hash))))
                .isEqualTo(-1);
    }

    private Path manifestFile() throws IOException {
        List<Path> manifests = repository.objects(Layout.SNAPSHOTS);
        assertThat(manifests).hasSize(1);
        return manifests.get(0);
    }

    private void assertOneBroken(Class<? extends IOException> type) throws IOException {
        SnapshotStore.Loaded loaded = snapshots.load(key);
        assertThat(loaded.manifests()).isEmpty();
        assertThat(loaded.broken()).hasSize(1);
        assertThat(loaded.broken().get(0).problem()).isInstanceOf(type);
        assertThatThrownBy(this::readWithTheSecondReader).isInstanceOf(FormatException.class);
    }

    private void openAndVerify() throws IOException {
        try (Replica replica = Replica.open(LocalStorage.open(repository.root, OpenMode.EXISTING))) {
            replica.verify(key);
        }
    }

    private void verifyEpoch() throws IOException {
        EpochDocuments.verify(repository.replica, key);
    }

    private void readWithTheSecondReader() throws IOException {
        RepositoryReader.withRecoveryKey(repository.root, repository.recoveryKeyText())
                .restoreNewest(SOURCE, scratch.resolve("restored"));
    }

    private void replace(String object, byte[] content) throws IOException {
        Files.write(repository.root.resolve(object), content);
    }

    private byte[] description(String format, String feature, String chunker, RecoveryKey signer) {
        String requires = feature.isEmpty() ? "[]" : "[\"" + feature + "\"]";
        String text = "{\"format\":" + format + ",\"repository\":\"" + repository.recovery.repositoryId()
                + "\",\"created\":\"2024-01-01T00:00:00Z\",\"requires\":" + requires + ",\"chunker\":{\"algorithm\":\""
                + chunker + "\",\"minimum\":512,\"average\":2048,\"maximum\":8192}}";
        return SignedDocument.sign("repository", text, signer);
    }
}
