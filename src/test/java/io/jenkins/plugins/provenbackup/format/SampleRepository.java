package io.jenkins.plugins.provenbackup.format;

import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.archive.BlockParameters;
import io.jenkins.plugins.provenbackup.engine.archive.ChunkerParameters;
import io.jenkins.plugins.provenbackup.engine.archive.Codec;
import io.jenkins.plugins.provenbackup.engine.backup.Backup;
import io.jenkins.plugins.provenbackup.engine.backup.BackupRequest;
import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.backup.BackupTuning;
import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.Catalog;
import io.jenkins.plugins.provenbackup.engine.catalog.CatalogWriter;
import io.jenkins.plugins.provenbackup.engine.catalog.ContentSegmentListener;
import io.jenkins.plugins.provenbackup.engine.catalog.Entry;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.catalog.SegmentSealing;
import io.jenkins.plugins.provenbackup.engine.crypto.KeyFile;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.RepositoryId;
import io.jenkins.plugins.provenbackup.engine.crypto.Slot;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.prune.Prune;
import io.jenkins.plugins.provenbackup.engine.prune.PruneRequest;
import io.jenkins.plugins.provenbackup.engine.repository.ArchiveTable;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.MovedBlocks;
import io.jenkins.plugins.provenbackup.engine.repository.NewRepository;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.RepositoryConfig;
import io.jenkins.plugins.provenbackup.engine.repository.RunId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import io.jenkins.plugins.provenbackup.engine.repository.Totals;
import io.jenkins.plugins.provenbackup.engine.source.FileTreeSource;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.local.LocalStorage;
import io.jenkins.plugins.provenbackup.testing.TreeReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A repository in a directory, with small chunks and archives, so that small trees make many of them. */
final class SampleRepository implements AutoCloseable {

    static final String PASSPHRASE = "correct horse \u00fc battery";

    private static final ChunkerParameters SMALL_CHUNKS = new ChunkerParameters(512, 2048, 8192);

    private static final Totals NOTHING = new Totals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

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
        Replica replica = NewRepository.create(LocalStorage.open(root, OpenMode.CREATE), config, recovery, slots);
        return new SampleRepository(root, recovery, replica);
    }

    BackupResult backup(String source, Path tree, SnapshotKind kind) throws IOException, InterruptedException {
        try (SourceKey key = recovery.sourceKey(source).orElseThrow()) {
            return backup(key, source, tree, kind);
        }
    }

    BackupResult backup(SourceKey key, String source, Path tree, SnapshotKind kind)
            throws IOException, InterruptedException {
        BackupRequest.Identity identity =
                new BackupRequest.Identity(source, "host", "user", List.of(ByteString.utf8(tree.toString())));
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
        BackupTuning tuning = BackupTuning.standard().withBlocks(new BlockParameters(16 << 10, 4 << 10, 256 << 10, 4));
        return Backup.run(request, tuning, ProgressListener.NONE, Clock.systemUTC());
    }

    /** Puts a snapshot of directories and links by hand, whose manifest lists at most so many segments itself. */
    Manifest putCatalogOf(Path tree, String source, int listThreshold) throws IOException, InterruptedException {
        try (SourceKey key = recovery.sourceKey(source).orElseThrow();
                Codec codec = new Codec(Codec.DEFAULT_LEVEL, reason -> {});
                SegmentSealing sealing = SegmentSealing.of(key, key.newestEpoch(), codec)) {
            CatalogWriter writer = new CatalogWriter(
                    sealing,
                    Map.of(),
                    (object, payload) -> replica.storage().put(Layout.catalog(object.hash()), payload),
                    new CatalogWriter.Options(1 << 20, listThreshold, ContentSegmentListener.NONE));
            for (Node node : TreeReader.read(tree)) {
                writer.add(Entry.of(node));
            }
            return putManifest(key, source, writer.finish(), 1, List.of());
        }
    }

    /** Puts the manifest of a snapshot without archives. */
    Manifest putManifest(SourceKey key, String source, Catalog catalog, long sequence, List<SnapshotId> predecessors)
            throws IOException {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        Instant now = Instant.now();
        Manifest.Facts facts =
                new Manifest.Facts(ByteString.of(random), source, "host", "user", List.of(), NOTHING, catalog);
        Manifest.Place place = new Manifest.Place(
                RunId.random(), sequence, SnapshotKind.FULL, now, now, Optional.empty(), predecessors);
        Manifest manifest = Manifest.create(
                key, place, facts, new TreeMap<>(), new ArchiveTable(List.of()), MovedBlocks.NONE, List.of());
        new SnapshotStore(replica).put(manifest, manifest.encode(key));
        return manifest;
    }

    /** Deletes all manifests but the newest, as {@code forget} would. */
    void forgetAllButTheNewest() throws IOException {
        SnapshotStore store = new SnapshotStore(replica);
        List<SnapshotStore.Listed> all = store.listAll();
        for (SnapshotStore.Listed listed : all.subList(0, all.size() - 1)) {
            store.delete(listed.name());
        }
    }

    /** Repacks everything and deletes at once what is not needed any more; returns the newest manifest then. */
    Manifest repack() throws IOException, InterruptedException {
        PruneRequest request = new PruneRequest(
                List.of(replica),
                recovery,
                new PruneRequest.Compacting(0.95, 0, 256 << 10, 16 << 10, PruneRequest.Depth.BLOCKS),
                PruneRequest.Waiting.NOW,
                PruneRequest.Mode.WRITE,
                Path.of(System.getProperty("java.io.tmpdir")));
        Prune.run(request, ProgressListener.NONE, Clock.systemUTC());
        List<Manifest> manifests = new SnapshotStore(replica).load(recovery).manifests();
        return manifests.get(manifests.size() - 1);
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
