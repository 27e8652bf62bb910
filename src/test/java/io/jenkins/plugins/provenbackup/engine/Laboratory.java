package io.jenkins.plugins.provenbackup.engine;

import io.jenkins.plugins.provenbackup.engine.archive.ChunkerParameters;
import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.RepositoryId;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.NewRepository;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.RepositoryConfig;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import io.jenkins.plugins.provenbackup.engine.source.FileTreeSource;
import io.jenkins.plugins.provenbackup.engine.source.Source;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageFactory;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.engine.target.Overwrite;
import io.jenkins.plugins.provenbackup.engine.target.Ownership;
import io.jenkins.plugins.provenbackup.engine.target.Unlisted;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A repository with its keys at some destinations, and short words for what tests do with it. */
public final class Laboratory implements AutoCloseable {

    public static final String SOURCE = "laboratory";

    private final RecoveryKey recovery;
    private final SourceKey key;
    private final List<Replica> replicas = new ArrayList<>();
    private BackupTuning tuning = BackupTuning.standard();
    private Clock clock = Clock.systemUTC();

    private Laboratory(RecoveryKey recovery) {
        this.recovery = recovery;
        this.key = recovery.sourceKey(SOURCE).orElseThrow();
    }

    /** A new repository at each of these directories. */
    public static Laboratory at(Path... destinations) throws IOException {
        List<Storage> storages = new ArrayList<>();
        for (Path destination : destinations) {
            storages.add(
                    StorageFactory.open(StorageLocation.of(destination), StorageOptions.defaults(), OpenMode.CREATE));
        }
        return at(storages);
    }

    /** A new repository at each of these storages. */
    public static Laboratory at(List<Storage> storages) throws IOException {
        RecoveryKey recovery = RecoveryKey.generate(RepositoryId.random());
        Laboratory laboratory = new Laboratory(recovery);
        RepositoryConfig config =
                new RepositoryConfig(recovery.repositoryId(), Instant.now(), ChunkerParameters.DEFAULT);
        for (Storage storage : storages) {
            Replica replica = NewRepository.create(storage, config, recovery, List.of());
            replica.verify(recovery);
            laboratory.replicas.add(replica);
        }
        return laboratory;
    }

    public RecoveryKey recovery() {
        return recovery;
    }

    public SourceKey key() {
        return key;
    }

    public List<Replica> replicas() {
        return replicas;
    }

    public void tune(BackupTuning other) {
        tuning = other;
    }

    public void clock(Clock other) {
        clock = other;
    }

    /** The same keys, at one destination seen through another storage. */
    public void replace(int index, Storage storage) throws IOException {
        replicas.set(index, Replica.open(storage));
    }

    public BackupResult backup(Path tree, SnapshotKind kind) throws IOException, InterruptedException {
        return backup(new FileTreeSource(List.of(tree), WalkOptions.ALL), kind, tree);
    }

    public BackupResult backup(Source source, SnapshotKind kind, Path root) throws IOException, InterruptedException {
        return Backup.run(request(source, kind, root), tuning, ProgressListener.NONE, clock);
    }

    public BackupRequest request(Source source, SnapshotKind kind, Path root) {
        return new BackupRequest(
                source,
                new BackupRequest.Identity(SOURCE, "host", "user", List.of(ByteString.utf8(root.toString()))),
                key,
                kind,
                new TreeMap<>(),
                Set.of(),
                replicas,
                Map.of(),
                replicas.size(),
                BackupRequest.Mode.WRITE);
    }

    /** The highest generation of a snapshot at the first destination that has it. */
    public Manifest manifest(SnapshotId id) throws IOException {
        Manifest found = null;
        for (Replica replica : replicas) {
            for (Manifest manifest : new SnapshotStore(replica).load(key).manifests()) {
                if (manifest.id().equals(id) && (found == null || manifest.generation() > found.generation())) {
                    found = manifest;
                }
            }
        }
        return Optional.ofNullable(found).orElseThrow(() -> new AssertionError("no snapshot " + id));
    }

    public RestoreResult restore(SnapshotId id, Path target) throws IOException, InterruptedException {
        return restore(id, target, Overwrite.ALWAYS, Unlisted.KEEP);
    }

    public RestoreResult restore(SnapshotId id, Path target, Overwrite overwrite, Unlisted unlisted)
            throws IOException, InterruptedException {
        return Restore.run(
                new RestoreRequest(
                        manifest(id),
                        key,
                        header -> StreamKey.open(header, recovery),
                        replicas,
                        target,
                        Optional.empty(),
                        overwrite,
                        Ownership.RESTORE,
                        unlisted,
                        RestoreRequest.Mode.WRITE),
                ProgressListener.NONE);
    }

    @Override
    public void close() {
        replicas.forEach(Replica::close);
        key.close();
        recovery.close();
    }
}
