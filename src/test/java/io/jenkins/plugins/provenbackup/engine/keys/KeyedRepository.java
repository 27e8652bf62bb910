package io.jenkins.plugins.provenbackup.engine.keys;

import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.Laboratory;
import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.archive.ChunkerParameters;
import io.jenkins.plugins.provenbackup.engine.backup.Backup;
import io.jenkins.plugins.provenbackup.engine.backup.BackupRequest;
import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.backup.BackupTuning;
import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.PersonalKey;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.RepositoryId;
import io.jenkins.plugins.provenbackup.engine.crypto.Slot;
import io.jenkins.plugins.provenbackup.engine.crypto.SlotKind;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.NewRepository;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.RepositoryConfig;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import io.jenkins.plugins.provenbackup.engine.restore.Restore;
import io.jenkins.plugins.provenbackup.engine.restore.RestoreRequest;
import io.jenkins.plugins.provenbackup.engine.source.FileTreeSource;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage;
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

/** A repository at two places that fail on demand, with a slot for Anna's key and one for Ben's; keys that cost no Argon2. */
final class KeyedRepository implements AutoCloseable {

    static final String SOURCE = "shop";

    final PersonalKey anna = PersonalKey.generate("anna");
    final PersonalKey ben = PersonalKey.generate("ben");
    final FaultyStorage near;
    final FaultyStorage far;
    final List<String> notices = new ArrayList<>();

    private KeyedRepository(FaultyStorage near, FaultyStorage far) {
        this.near = near;
        this.far = far;
    }

    static KeyedRepository in(Path folder) throws IOException {
        KeyedRepository made = new KeyedRepository(
                FaultyStorage.over(Laboratory.local(folder.resolve("near"))),
                FaultyStorage.over(Laboratory.local(folder.resolve("far"))));
        try (RecoveryKey key = RecoveryKey.generate(RepositoryId.random())) {
            RepositoryConfig config =
                    new RepositoryConfig(key.repositoryId(), Instant.now(), ChunkerParameters.DEFAULT);
            List<byte[]> slots = new ArrayList<>();
            for (PersonalKey person : List.of(made.anna, made.ben)) {
                slots.add(Slot.create(key, SlotKind.PERSONAL, person.recipient(), Instant.now())
                        .encode());
            }
            NewRepository.create(made.near, config, key, slots);
            NewRepository.create(made.far, config, key, slots);
        }
        return made;
    }

    Destinations at(FaultyStorage... storages) throws IOException {
        List<Replica> replicas = new ArrayList<>();
        for (FaultyStorage storage : storages) {
            replicas.add(Replica.open(storage));
        }
        return new Destinations(replicas, Map.of());
    }

    Destinations both() throws IOException {
        return at(near, far);
    }

    /** What a person's key opens at these destinations. */
    RecoveryKey open(PersonalKey person, FaultyStorage... storages) throws IOException {
        return at(storages).unlockSlot(person).key();
    }

    RotateKeys.Result rotate(PersonalKey person) throws IOException {
        try (RecoveryKey key = open(person, near, far)) {
            return rotate(key);
        }
    }

    RotateKeys.Result rotate(RecoveryKey key) throws IOException {
        return new RotateKeys(both(), Clock.systemUTC()).run(key, RotateKeys.Mode.WRITE);
    }

    BackupResult backup(AccessKey key, Path tree, FaultyStorage... storages) throws IOException, InterruptedException {
        try (SourceKey sourceKey = key.sourceKey(SOURCE).orElseThrow()) {
            List<Replica> replicas = at(storages).reached();
            BackupRequest request = new BackupRequest(
                    new FileTreeSource(List.of(tree), WalkOptions.ALL),
                    new BackupRequest.Identity(SOURCE, "host", "user", List.of(ByteString.utf8(tree.toString()))),
                    sourceKey,
                    SnapshotKind.INCREMENTAL,
                    new TreeMap<>(),
                    Set.of(),
                    replicas,
                    Map.of(),
                    replicas.size(),
                    BackupRequest.Mode.WRITE);
            ProgressListener listener = new ProgressListener() {
                @Override
                public void notice(String message) {
                    notices.add(message);
                }
            };
            return Backup.run(request, BackupTuning.standard(), listener, Clock.systemUTC());
        }
    }

    /** All snapshots at one destination, oldest first. */
    List<Manifest> snapshots(AccessKey key, FaultyStorage storage) throws IOException {
        return new SnapshotStore(Replica.open(storage)).load(key).manifests();
    }

    void restore(Manifest manifest, RecoveryKey key, FaultyStorage storage, Path target)
            throws IOException, InterruptedException {
        try (SourceKey sourceKey = key.sourceKey(SOURCE).orElseThrow()) {
            RestoreRequest request = new RestoreRequest(
                    manifest,
                    sourceKey,
                    header -> StreamKey.open(header, key),
                    at(storage).reached(),
                    target,
                    Optional.empty(),
                    Overwrite.NEVER,
                    Ownership.RESTORE,
                    Unlisted.KEEP,
                    RestoreRequest.Mode.WRITE);
            Restore.run(request, ProgressListener.NONE);
        }
    }

    void heal() {
        near.heal();
        far.heal();
    }

    @Override
    public void close() {
        anna.close();
        ben.close();
    }
}
