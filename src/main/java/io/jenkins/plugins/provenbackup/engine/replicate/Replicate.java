package io.jenkins.plugins.provenbackup.engine.replicate;

import io.jenkins.plugins.provenbackup.engine.Cancellation;
import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.catalog.MalformedException;
import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.repository.Inventory;
import io.jenkins.plugins.provenbackup.engine.repository.ManifestName;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SealedManifest;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.transfer.ObjectCopy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings a destination what others have, encrypted as it is, snapshot by snapshot: records first, then what a manifest names,
 * the manifest last. So whenever it ends, the target is a whole repository of fewer snapshots, and the next run goes on
 * there. Nothing is ever deleted or replaced, and what was forgotten at the target or at the source is not brought back.
 */
public final class Replicate {

    /** Longer than anybody waits. */
    private static final Duration NO_LIMIT = Duration.ofDays(10_000);

    private final ReplicateRequest request;
    private final ProgressListener progress;
    private final long start = System.nanoTime();
    private final List<ReplicateResult.Left> left = new ArrayList<>();
    private final List<SnapshotId> copied = new ArrayList<>();
    private final Map<ManifestName, Long> manifests = new HashMap<>();
    private final Set<Needed> confirmed = new HashSet<>();
    private long present;
    private long forgotten;
    private List<String> records = List.of();
    private long objects;
    private long bytes;

    private Replicate(ReplicateRequest request, ProgressListener progress) {
        this.request = request;
        this.progress = progress;
    }

    /**
     * Copies what the target lacks. A destination that fails is told of in the result.
     *
     * @throws RefusedException when a snapshot was named that is not there; nothing was copied
     * @throws InterruptedException when the thread was interrupted; the next run goes on
     */
    public static ReplicateResult run(ReplicateRequest request, ProgressListener progress)
            throws RefusedException, InterruptedException {
        Replicate replicate = new Replicate(request, progress);
        try {
            return Cancellation.told(() -> {
                replicate.work();
                return replicate.result(
                        replicate.left.isEmpty() ? ReplicateResult.State.COMPLETE : ReplicateResult.State.INCOMPLETE,
                        "");
            });
        } catch (Transfers.TimeUp e) {
            return replicate.result(ReplicateResult.State.TIME_UP, e.getMessage());
        } catch (RefusedException e) {
            throw e;
        } catch (IOException e) {
            return replicate.result(ReplicateResult.State.FAILED, e.getMessage());
        }
    }

    private void work() throws IOException, InterruptedException {
        progress.phase(ProgressListener.Phase.PLANNING);
        Holdings holdings = new Holdings(request.target().replica());
        ReplicationPlan plan = new ReplicationPlan(request, holdings);
        List<ReplicationPlan.Step> steps = plan.make();
        left.addAll(plan.left());
        present = plan.present();
        forgotten = plan.forgotten();
        Optional<Replica> target = request.target().replica();
        if (request.records() == ReplicateRequest.Records.ALL && target.isPresent()) {
            records = new RecordCopy(request, target.get(), left).run();
        }
        long size = plan.missing().values().stream().mapToLong(Long::longValue).sum();
        if (request.mode() == ReplicateRequest.Mode.DRY_RUN) {
            steps.forEach(step -> copied.add(step.id()));
            objects = plan.missing().size();
            bytes = size;
            return;
        }
        progress.phase(ProgressListener.Phase.COPYING);
        progress.expect(plan.missing().size(), size);
        long deadline = start + request.limit().orElse(NO_LIMIT).toNanos();
        Transfers transfers = new Transfers(request.from(), target.orElseThrow(), progress, deadline);
        try (transfers) {
            for (ReplicationPlan.Step step : steps) {
                copy(step, plan, holdings, transfers);
            }
        } finally {
            objects = transfers.objects();
            bytes = transfers.bytes();
        }
        if (!copied.isEmpty()) {
            requireAllThere(target.orElseThrow());
        }
    }

    /** The newest generation whose objects can all be had; when there is none, the snapshot is left out. */
    private void copy(ReplicationPlan.Step step, ReplicationPlan plan, Holdings holdings, Transfers transfers)
            throws IOException, InterruptedException {
        Optional<ReplicateResult.Left> problem = Optional.empty();
        for (ManifestName name : step.names()) {
            Optional<String> why = copy(name, plan.at(name), holdings, transfers);
            if (why.isEmpty()) {
                copied.add(step.id());
                return;
            }
            problem = problem.or(() -> Optional.of(new ReplicateResult.Left(
                    name.object(), "Snapshot " + step.id().brief() + " was left out: " + why.get())));
        }
        problem.ifPresent(left::add);
    }

    /** Returns why not, when it lies at this snapshot alone. */
    private Optional<String> copy(ManifestName name, List<Replica> at, Holdings holdings, Transfers transfers)
            throws IOException, InterruptedException {
        Replica to = request.target().replica().orElseThrow();
        Optional<SealedManifest> manifest = read(name, at);
        if (manifest.isEmpty()) {
            return Optional.of("its manifest is not there any more, or was damaged meanwhile.");
        }
        List<Needed> needed = Needed.by(manifest.get());
        boolean isConfirmed = false;
        while (!isConfirmed) {
            transfers.requireTime();
            if (holdings.isOld()) {
                holdings.list();
            }
            List<Needed> missing = new ArrayList<>();
            for (Needed one : needed) {
                switch (holdings.of(one)) {
                    case PRESENT -> {}
                    case MISSING -> missing.add(one);
                    case CONDEMNED -> {
                        return Optional.of(
                                to.name(one.name()) + " is about to be deleted by a prune that has not ended."
                                        + " Replicate again when it has.");
                    }
                    case DAMAGED -> {
                        return Optional.of(to.name(one.name()) + " is damaged: it has another size."
                                + " 'verify --repair' with both destinations mends it; then replicate again.");
                    }
                }
            }
            try {
                transfers.copy(missing, holdings);
            } catch (ObjectCopy.NoIntactCopy e) {
                return Optional.of(e.getMessage());
            }
            confirmed.addAll(missing);
            isConfirmed = !holdings.isOld();
        }
        manifest.get().put(to);
        manifests.put(name, (long) manifest.get().object().length);
        return Optional.empty();
    }

    private static Optional<SealedManifest> read(ManifestName name, List<Replica> at) throws IOException {
        StorageException unreadable = null;
        for (Replica replica : at) {
            try {
                return Optional.of(SealedManifest.read(replica, name));
            } catch (StorageException.Missing | CryptoException | MalformedException e) {
                // The next may have it.
            } catch (StorageException e) {
                unreadable = e;
            }
        }
        if (unreadable != null) {
            throw unreadable;
        }
        return Optional.empty();
    }

    /** A storage that answers well and keeps nothing shows in a listing at the latest. */
    private void requireAllThere(Replica target) throws IOException {
        progress.phase(ProgressListener.Phase.COMMITTING);
        Inventory now = Inventory.of(target);
        Map<ManifestName, Long> listed = new HashMap<>();
        for (SnapshotStore.Listed one : new SnapshotStore(target).listAll()) {
            listed.put(one.name(), one.size());
        }
        List<String> lost = new ArrayList<>();
        manifests.forEach((name, size) -> {
            if (!size.equals(listed.get(name))) {
                lost.add(name.object());
            }
        });
        Map<ObjectHash, Long> there = new HashMap<>(now.archives());
        there.putAll(now.catalogs());
        confirmed.forEach(one -> {
            Long size = there.get(one.object().hash());
            if (size == null || size != one.object().size()) {
                lost.add(one.name());
            }
        });
        if (!lost.isEmpty()) {
            throw new StorageException(target.location() + " accepted and confirmed " + lost.size()
                    + " objects that it does not list now, among them " + lost.get(0)
                    + ": its listings are old, or it loses what it is given. Verify it before you rely on it.");
        }
    }

    private ReplicateResult result(ReplicateResult.State state, String reason) {
        return new ReplicateResult(
                request.target().location(),
                request.target().state(),
                state,
                copied,
                present,
                forgotten,
                records,
                objects,
                bytes,
                left,
                reason,
                Duration.ofNanos(System.nanoTime() - start));
    }
}
