package io.jenkins.plugins.provenbackup.engine;

import io.jenkins.plugins.provenbackup.engine.archive.ChunkerParameters;
import io.jenkins.plugins.provenbackup.engine.backup.Backup;
import io.jenkins.plugins.provenbackup.engine.backup.BackupRequest;
import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.backup.BackupTuning;
import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.ChangeRule;
import io.jenkins.plugins.provenbackup.engine.crypto.KeyFile;
import io.jenkins.plugins.provenbackup.engine.crypto.PersonalKey;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.RepositoryId;
import io.jenkins.plugins.provenbackup.engine.crypto.Slot;
import io.jenkins.plugins.provenbackup.engine.crypto.SlotKind;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.NewRepository;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.RepositoryConfig;
import io.jenkins.plugins.provenbackup.engine.repository.RunId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import io.jenkins.plugins.provenbackup.engine.restore.Restore;
import io.jenkins.plugins.provenbackup.engine.restore.RestoreRequest;
import io.jenkins.plugins.provenbackup.engine.restore.RestoreResult;
import io.jenkins.plugins.provenbackup.engine.source.FileTreeSource;
import io.jenkins.plugins.provenbackup.engine.source.Source;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import io.jenkins.plugins.provenbackup.engine.storage.BytesPayload;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory;
import io.jenkins.plugins.provenbackup.engine.target.Overwrite;
import io.jenkins.plugins.provenbackup.engine.target.Ownership;
import io.jenkins.plugins.provenbackup.engine.target.Unlisted;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A repository with its keys at some destinations, and short words for what tests do with it. */
public final class Laboratory implements AutoCloseable {

    public static final String SOURCE = "laboratory";

    private final RecoveryKey recovery;
    private final SourceKey key;
    private final List<Replica> replicas = new ArrayList<>();
    private BackupTuning tuning = BackupTuning.standard();
    private Clock clock = Clock.systemUTC();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final ProgressListener notices = new ProgressListener() {
        @Override
        public void notice(String message) {
            said.add(message);
        }
    };

    private Laboratory(RecoveryKey recovery) {
        this.recovery = recovery;
        this.key = recovery.sourceKey(SOURCE).orElseThrow();
    }

    /** A new repository at each of these directories. */
    public static Laboratory at(Path... destinations) throws IOException {
        List<Storage> storages = new ArrayList<>();
        for (Path destination : destinations) {
            storages.add(local(destination));
        }
        return at(storages);
    }

    /** A new repository at each of these storages. */
    public static Laboratory at(List<Storage> storages) throws IOException {
        RecoveryKey recovery = RecoveryKey.generate(RepositoryId.random());
        Laboratory laboratory = new Laboratory(recovery);
        RepositoryConfig config =
                new RepositoryConfig(recovery.repositoryId(), Instant.now(), ChunkerParameters.DEFAULT);
        byte[] slot;
        try (PersonalKey person = PersonalKey.generate("laboratory")) {
            slot = Slot.create(recovery, SlotKind.PERSONAL, person.recipient(), Instant.now())
                    .encode();
        }
        for (Storage storage : storages) {
            Replica replica = NewRepository.create(storage, config, recovery, List.of(slot));
            replica.verify(recovery);
            laboratory.replicas.add(replica);
        }
        return laboratory;
    }

    /** Existing destinations with the keys of a file, for another process. */
    public static Laboratory open(Path recoveryKey, List<Storage> storages) throws IOException {
        Laboratory laboratory =
                new Laboratory(KeyFile.read(recoveryKey).recovery().orElseThrow());
        for (Storage storage : storages) {
            laboratory.replicas.add(Replica.open(storage));
        }
        return laboratory;
    }

    /** A local directory as a storage. */
    public static Storage local(Path directory) throws IOException {
        return StorageFactory.open(StorageLocation.of(directory), StorageOptions.defaults(), OpenMode.CREATE);
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

    public BackupTuning tuning() {
        return tuning;
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
        return backup(request(source, kind, root));
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

    /** What a request asks for, changed by a test. */
    public BackupResult backup(BackupRequest request) throws IOException, InterruptedException {
        return Backup.run(request, tuning, notices, clock);
    }

    /** What operations said. */
    public List<String> notices() {
        return List.copyOf(said);
    }

    /** The request with other things to ignore. */
    public static BackupRequest ignoring(BackupRequest request, ChangeRule.Ignored... ignored) {
        return new BackupRequest(
                request.source(),
                request.identity(),
                request.key(),
                request.kind(),
                request.tags(),
                Set.of(ignored),
                request.destinations(),
                request.unreachable(),
                request.minCopies(),
                request.mode());
    }

    /** The request for another source of the same repository. */
    public BackupRequest request(String sourceName, Path root, SnapshotKind kind) {
        return new BackupRequest(
                new FileTreeSource(List.of(root), WalkOptions.ALL),
                new BackupRequest.Identity(sourceName, "host", "user", List.of(ByteString.utf8(root.toString()))),
                recovery.sourceKey(sourceName).orElseThrow(),
                kind,
                new TreeMap<>(),
                Set.of(),
                replicas,
                Map.of(),
                replicas.size(),
                BackupRequest.Mode.WRITE);
    }

    /** Objects of a folder at one destination, sorted by name. */
    public List<StoredObject> objects(int index, String folder) throws IOException {
        return replicas.get(index).storage().list(folder).stream()
                .sorted(Comparator.comparing(StoredObject::name))
                .toList();
    }

    /** Names of all archives at one destination. */
    public Set<String> archives(int index) throws IOException {
        Set<String> names = new TreeSet<>();
        objects(index, "archives").forEach(object -> names.add(object.name()));
        return names;
    }

    /** Names of the archives that a snapshot refers to. */
    public Set<String> archivesOf(SnapshotId id) throws IOException {
        Set<String> names = new TreeSet<>();
        manifest(id)
                .archives()
                .archives()
                .forEach(row -> names.add(Layout.archive(row.archive().hash())));
        return names;
    }

    /** All snapshots of the laboratory's source at one destination. */
    public List<Manifest> snapshots(int index) throws IOException {
        return new SnapshotStore(replicas.get(index)).load(key).manifests();
    }

    /** Says that the archives will be deleted. */
    public void condemn(int index, Collection<String> archives) throws IOException {
        String list = archives.stream()
                .map(name -> '"' + name.substring(name.lastIndexOf('/') + 1) + '"')
                .collect(Collectors.joining(","));
        String record =
                "{\"format\":1,\"repository\":\"" + recovery.repositoryId().hex()
                        + "\",\"created\":\"2026-01-01T00:00:00Z\",\"archives\":[" + list + "],\"catalogs\":[]}";
        replicas.get(index).storage().put(Layout.prune(RunId.random().hex()), BytesPayload.of(record));
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
        return Restore.run(restoreRequest(id, target, overwrite, unlisted), notices);
    }

    public RestoreRequest restoreRequest(SnapshotId id, Path target, Overwrite overwrite, Unlisted unlisted)
            throws IOException {
        return new RestoreRequest(
                manifest(id),
                key,
                header -> StreamKey.open(header, recovery),
                replicas,
                target,
                Optional.empty(),
                overwrite,
                Ownership.RESTORE,
                unlisted,
                RestoreRequest.Mode.WRITE);
    }

    @Override
    public void close() {
        replicas.forEach(Replica::close);
        key.close();
        recovery.close();
    }
}
