package io.jenkins.plugins.provenbackup.format;

import io.jenkins.plugins.provenbackup.engine.Backup;
import io.jenkins.plugins.provenbackup.engine.BackupRequest;
import io.jenkins.plugins.provenbackup.engine.BackupResult;
import io.jenkins.plugins.provenbackup.engine.BackupTuning;
import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.archive.BlockParameters;
import io.jenkins.plugins.provenbackup.engine.archive.ChunkerParameters;
import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.crypto.KeyFile;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.RepositoryId;
import io.jenkins.plugins.provenbackup.engine.crypto.Slot;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.repository.NewRepository;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.RepositoryConfig;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.source.FileTreeSource;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import io.jenkins.plugins.provenbackup.engine.storage.LocalStorage;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A repository in a directory, with small chunks and archives, so that small trees make many of them. */
final class SampleRepository implements AutoCloseable {

    static final String PASSPHRASE = "correct horse \u00fc battery";

    private static final ChunkerParameters SMALL_CHUNKS = new ChunkerParameters(512, 2048, 8192);

    final Path root;
    final RecoveryKey recovery;
    final Replica replica;

    private SampleRepository(Path root, RecoveryKey recovery, Replica replica) {
        this.root = root;
        this.recovery = recovery;
        this.replica = replica;
    }

    /** A new one that only its recovery key opens: hardening a passphrase takes a second. */
    static SampleRepository create(Path root) throws IOException {
        return create(root, List.of());
    }

    /** A new one with a slot for {@link #PASSPHRASE}. */
    static SampleRepository createWithPassphrase(Path root) throws IOException {
        return create(root, List.of(PASSPHRASE));
    }

    private static SampleRepository create(Path root, List<String> passphrases) throws IOException {
        RecoveryKey recovery = RecoveryKey.generate(RepositoryId.random());
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        RepositoryConfig config = new RepositoryConfig(recovery.repositoryId(), now, SMALL_CHUNKS);
        List<byte[]> slots = passphrases.stream()
                .map(passphrase -> Slot.create(recovery, passphrase.toCharArray(), "first", now)
                        .encode())
                .toList();
        Replica replica =
                NewRepository.create(LocalStorage.open(root, OpenMode.CREATE), config, recovery, slots);
        return new SampleRepository(root, recovery, replica);
    }

    BackupResult backup(String source, Path tree, SnapshotKind kind) throws IOException, InterruptedException {
        try (SourceKey key = recovery.sourceKey(source).orElseThrow()) {
            return backup(key, source, tree, kind);
        }
    }

    BackupResult backup(SourceKey key, String source, Path tree, SnapshotKind kind)
            throws IOException, InterruptedException {
        BackupRequest.Identity identity = new BackupRequest.Identity(
                source, "host", "user", List.of(ByteString.utf8(tree.toString())));
        BackupRequest request = new BackupRequest(
                new FileTreeSource(List.of(tree), WalkOptions.ALL),
                identity,
                key,
                kind,
                new TreeMap<>(Map.of("made-by", "test")),
                Set.of(),
                List.of(replica),
                Map.of(),
                1,
                BackupRequest.Mode.WRITE);
        BackupTuning tuning =
                BackupTuning.standard().withBlocks(new BlockParameters(16 << 10, 4 << 10, 256 << 10, 4));
        return Backup.run(request, tuning, ProgressListener.NONE, Clock.systemUTC());
    }

    /** The recovery key as a file holds it. */
    String recoveryKeyText() {
        return new String(KeyFile.encode(recovery), StandardCharsets.US_ASCII);
    }

    /** All objects in a folder, by name. */
    List<Path> objects(String folder) throws IOException {
        if (!Files.isDirectory(root.resolve(folder))) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root.resolve(folder))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Override
    public void close() {
        replica.close();
        recovery.close();
    }
}
