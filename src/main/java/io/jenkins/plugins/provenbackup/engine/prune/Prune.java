package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.repository.PruneRecord;
import io.jenkins.plugins.provenbackup.engine.repository.PruneRecords;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Gives back space, in two phases (repository format, section 12). What was condemned a day ago or more is deleted; mostly
 * empty archives are written anew; what is not needed any more is condemned. May be stopped at any moment: the next prune
 * goes on. Each run is one instance, for one thread; the interrupt of that thread cancels it.
 */
public final class Prune {

    /** An upload that was not touched for so long will not go on. */
    private static final Duration LEFTOVER = Duration.ofDays(7);

    private final PruneRequest request;
    private final ProgressListener progress;
    private final Clock clock;
    private final SourceKeys keys;
    private final Map<Replica, String> markers = new LinkedHashMap<>();
    private final Map<Replica, Tally> tallies = new LinkedHashMap<>();

    /** What was done at one destination. */
    private static final class Tally {
        private PruneResult.Amount used = PruneResult.Amount.NONE;
        private PruneResult.Amount deleted = PruneResult.Amount.NONE;
        private PruneResult.Amount condemned = PruneResult.Amount.NONE;
        private PruneResult.Amount waiting = PruneResult.Amount.NONE;
        private PruneResult.Amount locked = PruneResult.Amount.NONE;
        private long leftovers;
        private long lost;
        private String failure = "";
    }

    private Prune(PruneRequest request, ProgressListener progress, Clock clock) {
        this.request = request;
        this.progress = progress;
        this.clock = clock;
        this.keys = new SourceKeys(request.key());
        request.replicas().forEach(replica -> tallies.put(replica, new Tally()));
    }

    /**
     * Runs it.
     *
     * @throws PruneRefusedException when something cannot be read, so that nothing was deleted
     * @throws IOException when a destination cannot be listed, with the same consequence
     */
    public static PruneResult run(PruneRequest request, ProgressListener progress, Clock clock)
            throws IOException, InterruptedException {
        if (request.key().kind() == AccessKey.Kind.SOURCE) {
            throw new RefusedException("A source key opens one source only, and prune must know what all of them need:"
                    + " use the passphrase, a backup key or a recovery key.");
        }
        boolean isRepacking = request.compaction().depth() == PruneRequest.Depth.BLOCKS;
        if (isRepacking && request.key().recovery().isEmpty()) {
            throw new RefusedException(
                    "Repacking opens blocks, and a " + request.key().kind().label()
                            + " opens none: use the passphrase or a recovery key, or prune without --repack."
                            + " Nothing was changed.");
        }
        Prune prune = new Prune(request, progress, clock);
        try {
            return prune.run();
        } finally {
            prune.keys.close();
        }
    }

    private boolean isWriting() {
        return request.mode() == PruneRequest.Mode.WRITE;
    }

    private PruneResult run() throws IOException, InterruptedException {
        progress.phase(ProgressListener.Phase.PLANNING);
        try {
            if (isWriting()) {
                for (Replica replica : request.replicas()) {
                    PruneRecord marker = PruneRecord.marker(replica.id(), clock.instant());
                    markers.put(replica, new PruneRecords(replica).put(marker));
                }
            }
            World world = delete(look());
            boolean isWhole = tallies.values().stream().allMatch(tally -> tally.failure.isEmpty());
            if (isWriting() && isWhole && Levelling.run(world, request.replicas(), keys, progress)) {
                world = look();
            }
            Compaction compaction = new Compaction(world, request, keys, progress, clock);
            if (isWhole) {
                compaction.run();
            }
            if (isWriting() && compaction.archives().objects() > 0) {
                world = look();
            }
            condemn(world);
            if (request.waiting() == PruneRequest.Waiting.NOW && isWriting()) {
                world = delete(look());
            }
            for (World.View view : world.views()) {
                removeLeftovers(view.scan());
                describe(view);
            }
            return result(compaction);
        } finally {
            removeMarkers();
        }
    }

    private World look() throws IOException {
        return World.look(request.replicas(), markers, keys, clock, progress);
    }

    private World delete(World first) throws IOException {
        progress.phase(ProgressListener.Phase.CLEANING);
        World world = first;
        for (Replica replica : request.replicas()) {
            Tally tally = tallies.get(replica);
            boolean isDone = !tally.failure.isEmpty();
            while (!isDone) {
                Deletion deletion = new Deletion(world, viewOf(world, replica), request, clock);
                try {
                    isDone = deletion.run(markers.getOrDefault(replica, ""));
                } catch (StorageException e) {
                    tally.failure = String.valueOf(e.getMessage());
                    isDone = true;
                }
                tally.deleted = sum(tally.deleted, deletion.deleted());
                tally.waiting = deletion.waiting();
                tally.locked = deletion.locked();
                world = isDone ? world : look();
            }
        }
        return world;
    }

    private void condemn(World world) throws IOException {
        for (World.View view : world.views()) {
            Replica replica = view.scan().replica();
            Tally tally = tallies.get(replica);
            if (!tally.failure.isEmpty()) {
                continue;
            }
            Condemnation.Chosen chosen = Condemnation.choose(world, view, clock.instant());
            tally.condemned = chosen.amount();
            boolean isWorthPutting =
                    !chosen.record().isEmpty() || !chosen.record().seen().isEmpty();
            if (isWriting() && isWorthPutting) {
                new PruneRecords(replica).put(chosen.record());
            }
        }
    }

    /** Uploads that ended long ago without an end. */
    private void removeLeftovers(DestinationScan scan) throws StorageException {
        Tally tally = tallies.get(scan.replica());
        if (!tally.failure.isEmpty()) {
            return;
        }
        for (StoredObject object : scan.replica().storage().leftovers()) {
            Optional<Duration> age = scan.ages().of(object.modified());
            if (age.isPresent() && age.get().compareTo(LEFTOVER) >= 0) {
                if (isWriting()) {
                    scan.replica().storage().delete(object.name());
                }
                tally.leftovers++;
            }
        }
    }

    private void describe(World.View view) {
        Tally tally = tallies.get(view.scan().replica());
        tally.lost = view.references().lost().size();
        tally.used = PruneResult.Amount.NONE;
        view.references()
                .archives()
                .keySet()
                .forEach(hash -> tally.used = with(tally.used, view.scan().archives(), hash));
        view.references()
                .catalogs()
                .keySet()
                .forEach(hash -> tally.used = with(tally.used, view.scan().catalogs(), hash));
    }

    private static PruneResult.Amount with(
            PruneResult.Amount amount, Map<ObjectHash, DestinationScan.Found> there, ObjectHash hash) {
        DestinationScan.Found found = there.get(hash);
        return found == null ? amount : amount.plus(found.size());
    }

    private void removeMarkers() {
        markers.forEach((replica, marker) -> {
            try {
                new PruneRecords(replica).delete(marker);
            } catch (StorageException e) {
                // It condemns nothing, and the next prune removes it.
                progress.notice("A marker could not be removed: " + e.getMessage());
            }
        });
    }

    private static World.View viewOf(World world, Replica replica) {
        return world.views().stream()
                .filter(view -> view.scan().replica() == replica)
                .findFirst()
                .orElseThrow();
    }

    private static PruneResult.Amount sum(PruneResult.Amount a, PruneResult.Amount b) {
        return new PruneResult.Amount(a.objects() + b.objects(), a.bytes() + b.bytes());
    }

    private PruneResult result(Compaction compaction) {
        return new PruneResult(
                tallies.entrySet().stream()
                        .map(entry -> destination(entry.getKey(), entry.getValue()))
                        .toList(),
                compaction.archives(),
                compaction.blocks());
    }

    private static PruneResult.Destination destination(Replica replica, Tally tally) {
        return new PruneResult.Destination(
                replica.location(),
                tally.used,
                tally.deleted,
                tally.condemned,
                tally.waiting,
                tally.locked,
                tally.leftovers,
                tally.lost,
                tally.failure);
    }
}
