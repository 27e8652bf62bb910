package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import io.jenkins.plugins.provenbackup.engine.policy.RetentionRules;
import io.jenkins.plugins.provenbackup.engine.prune.Prune;
import io.jenkins.plugins.provenbackup.engine.prune.PruneRequest;
import io.jenkins.plugins.provenbackup.engine.prune.PruneResult;
import io.jenkins.plugins.provenbackup.engine.repository.Inventory;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import io.jenkins.plugins.provenbackup.engine.snapshots.Forget;
import io.jenkins.plugins.provenbackup.engine.snapshots.ForgetRequest;
import io.jenkins.plugins.provenbackup.engine.snapshots.ForgetResult;
import io.jenkins.plugins.provenbackup.engine.snapshots.ListSnapshots;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import io.jenkins.plugins.provenbackup.engine.snapshots.SnapshotList;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import io.jenkins.plugins.provenbackup.engine.verify.Verify;
import io.jenkins.plugins.provenbackup.engine.verify.VerifyRequest;
import io.jenkins.plugins.provenbackup.engine.verify.VerifyResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Short words for what tests of pruning do with a laboratory. */
final class Gardener {

    /** Compaction in proportion to small trees. */
    static final PruneRequest.Compacting SMALL = new PruneRequest.Compacting(0.7, 0.02, 1 << 20);

    /** The same, down to blocks. */
    static final PruneRequest.Compacting SMALL_BLOCKS =
            new PruneRequest.Compacting(0.95, 0, 1 << 20, 64 << 10, PruneRequest.Depth.BLOCKS);

    private final Laboratory laboratory;
    private final Clock clock;
    private final Path spool;

    Gardener(Laboratory laboratory, Clock clock, Path spool) {
        this.laboratory = laboratory;
        this.clock = clock;
        this.spool = spool;
    }

    PruneRequest request(PruneRequest.Compacting compacting) {
        return new PruneRequest(
                laboratory.replicas(),
                laboratory.recovery(),
                compacting,
                PruneRequest.Waiting.GRACE,
                PruneRequest.Mode.WRITE,
                spool);
    }

    static PruneRequest with(PruneRequest request, PruneRequest.Waiting waiting, PruneRequest.Mode mode) {
        return new PruneRequest(
                request.replicas(), request.key(), request.compaction(), waiting, mode, request.spool());
    }

    PruneResult prune() throws IOException, InterruptedException {
        return prune(request(PruneRequest.Compacting.NONE));
    }

    PruneResult prune(PruneRequest request) throws IOException, InterruptedException {
        PruneResult result = Prune.run(request, ProgressListener.NONE, clock);
        assertThat(result.isComplete()).as("%s", result).isTrue();
        return result;
    }

    ForgetResult forget(SnapshotId... ids) throws IOException {
        return forget(RetentionRules.NONE, ids);
    }

    ForgetResult forget(RetentionRules rules, SnapshotId... ids) throws IOException {
        return forget(laboratory.replicas(), rules, ids);
    }

    /** At some destinations only. */
    ForgetResult forget(List<Replica> replicas, RetentionRules rules, SnapshotId... ids) throws IOException {
        SnapshotList list = ListSnapshots.run(replicas, laboratory.recovery());
        List<Snapshot> considered = list.snapshots().stream()
                .filter(one -> ids.length == 0 || Set.of(ids).contains(one.id()))
                .toList();
        return Forget.run(
                new ForgetRequest(
                        list,
                        considered,
                        Set.of(ids),
                        rules,
                        ForgetRequest.Exceptions.NONE,
                        ZoneOffset.UTC,
                        laboratory.recovery(),
                        "user@host",
                        ForgetRequest.Mode.WRITE),
                clock);
    }

    /** Every file of every snapshot at every destination by itself. */
    void requireEverythingRestores() throws IOException, InterruptedException {
        VerifyRequest request = new VerifyRequest(
                laboratory.replicas(),
                laboratory.recovery(),
                Optional.of(header -> StreamKey.open(header, laboratory.recovery())),
                Set.of(),
                VerifyRequest.Level.RESTORE,
                100,
                VerifyRequest.Repair.REPORT_ONLY);
        VerifyResult result = Verify.run(request, ProgressListener.NONE, clock);
        // A destination without a snapshot that another has is another matter than one that has it in part.
        assertThat(result.findings())
                .filteredOn(finding -> finding.kind() != VerifyResult.Kind.LAGGING)
                .isEmpty();
    }

    Set<SnapshotId> snapshots(int index) throws IOException {
        return laboratory.snapshots(index).stream().map(Manifest::id).collect(Collectors.toCollection(TreeSet::new));
    }

    static Set<String> names(Storage storage, String folder) throws IOException {
        return storage.list(folder).stream().map(StoredObject::name).collect(Collectors.toCollection(TreeSet::new));
    }

    static long bytes(Storage storage) throws IOException {
        return storage.list("").stream().mapToLong(StoredObject::size).sum();
    }

    /** Takes away the manifests of snapshots that are not whole at a destination, as a person would who read verify. */
    void forgetIncomplete() throws IOException {
        for (Replica replica : laboratory.replicas()) {
            Inventory inventory = Inventory.of(replica);
            SnapshotStore store = new SnapshotStore(replica);
            Map<SnapshotId, Boolean> isWhole = new HashMap<>();
            for (Manifest manifest : store.load(laboratory.key()).manifests()) {
                boolean isThere = manifest.archives().archives().stream()
                                .allMatch(row -> inventory
                                        .archives()
                                        .containsKey(row.archive().hash()))
                        && manifest.catalogs().stream()
                                .allMatch(object -> inventory.catalogs().containsKey(object.hash()));
                isWhole.merge(manifest.id(), isThere, Boolean::logicalOr);
            }
            for (SnapshotStore.Listed listed : store.listAll()) {
                Manifest manifest = store.read(listed.name(), laboratory.key());
                if (!isWhole.get(manifest.id())) {
                    store.delete(listed.name());
                }
            }
        }
    }

    /** Lets time pass at a destination in a directory. */
    static void age(Path destination, Duration time) throws IOException {
        try (var files = Files.walk(destination)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                FileTime before = Files.getLastModifiedTime(file);
                Files.setLastModifiedTime(file, FileTime.from(before.toInstant().minus(time)));
            }
        }
    }
}
