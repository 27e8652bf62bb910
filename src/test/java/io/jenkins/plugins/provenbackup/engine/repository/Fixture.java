package io.jenkins.plugins.provenbackup.engine.repository;

import io.jenkins.plugins.provenbackup.engine.archive.BlockRange;
import io.jenkins.plugins.provenbackup.engine.archive.ChunkerParameters;
import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.Catalog;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.RepositoryId;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.local.LocalStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A repository at some destinations, and manifests and runs of one source in it. */
final class Fixture implements AutoCloseable {

    static final Instant NOW = Instant.parse("2024-05-06T07:08:09.123456789Z");
    private static final StreamId STREAM = StreamId.of(new byte[16]);

    final Path root;
    final RecoveryKey recovery = RecoveryKey.generate(RepositoryId.random());
    final SourceKey key = recovery.sourceKey("home").orElseThrow();
    final Replica replica;

    Fixture(Path root) throws IOException {
        this.root = root;
        RepositoryConfig config = new RepositoryConfig(recovery.repositoryId(), NOW, ChunkerParameters.DEFAULT);
        replica = NewRepository.create(storage(root), config, recovery, List.of());
    }

    static LocalStorage storage(Path directory) throws IOException {
        return LocalStorage.open(directory, OpenMode.CREATE);
    }

    Replica anotherDestination(Path directory) throws IOException {
        return NewRepository.createLike(replica, storage(directory));
    }

    Manifest manifest(long sequence, SnapshotKind kind, List<SnapshotId> predecessors, ArchiveTable archives) {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        Manifest.Facts facts = new Manifest.Facts(
                ByteString.of(random),
                "home",
                "host",
                "user",
                List.of(ByteString.utf8("/home")),
                new Totals(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16),
                Catalog.empty());
        Manifest.Place place = new Manifest.Place(
                RunId.random(), sequence, kind, NOW, NOW.plusSeconds(60), Optional.empty(), predecessors);
        return Manifest.create(
                key, place, facts, new TreeMap<>(), archives, MovedBlocks.NONE, List.of(new BlockId(STREAM, 7)));
    }

    /** Puts a snapshot that follows on others. */
    Manifest put(Replica at, long sequence, Manifest... predecessors) throws IOException {
        return put(at, sequence, SnapshotKind.INCREMENTAL, predecessors);
    }

    Manifest put(Replica at, long sequence, SnapshotKind kind, Manifest... predecessors) throws IOException {
        List<SnapshotId> ids = List.of(predecessors).stream().map(Manifest::id).toList();
        return put(at, manifest(sequence, kind, ids, new ArchiveTable(List.of())));
    }

    Manifest put(Replica at, Manifest manifest) throws IOException {
        new SnapshotStore(at).put(manifest, manifest.encode(key));
        return manifest;
    }

    SourceHistory history(Replica... replicas) throws IOException {
        return SourceHistory.load(List.of(replicas), key);
    }

    /** Puts bytes as an archive. */
    ObjectRef putArchive(String content) throws IOException {
        BytesPayload payload = new BytesPayload(content.getBytes(StandardCharsets.UTF_8));
        replica.storage().put(Layout.archive(payload.hash()), payload);
        return new ObjectRef(payload.hash(), payload.size());
    }

    ArchiveTable table(ObjectRef... archives) {
        return new ArchiveTable(List.of(archives).stream()
                .map(ref -> new ArchiveTable.Row(ref, List.of(new BlockRange(STREAM, 3, 4))))
                .toList());
    }

    Checkpoint checkpoint(RunId run, int number) {
        ObjectRef archive = new ObjectRef(ObjectHash.ofContent(new byte[] {(byte) number}), 5);
        return new Checkpoint(
                key.repositoryId(), key.sourceId(), 1, run, number, NOW, table(archive), List.of(new byte[] {1, 2}));
    }

    /** Puts a heartbeat and a checkpoint, with the destination's time stamps so long ago. */
    RunId putRun(Instant modified) throws IOException {
        RunId run = RunId.random();
        for (int number = 0; number < 2; number++) {
            new RunStore(replica).put(checkpoint(run, number), key);
            Files.setLastModifiedTime(root.resolve(Layout.runObject(run, number)), FileTime.from(modified));
        }
        return run;
    }

    @Override
    public void close() {
        key.close();
        recovery.close();
        replica.close();
    }
}
