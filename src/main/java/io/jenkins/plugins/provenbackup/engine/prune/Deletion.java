package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.ManifestName;
import io.jenkins.plugins.provenbackup.engine.repository.PruneRecords;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.RunId;
import io.jenkins.plugins.provenbackup.engine.repository.RunStore;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.storage.Retention;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The second phase at one destination: deletes what was condemned a day ago and is still not needed. It may stop anywhere: the
 * record stays until nothing is left to do. For one thread.
 */
final class Deletion {

    /** After so long, what is needed is found out again. */
    static final Duration FRESH = Duration.ofHours(1);

    private final World world;
    private final World.View view;
    private final DestinationScan scan;
    private final Replica replica;
    private final PruneRequest request;
    private final Instant now;
    private final Set<String> handled = new TreeSet<>();
    private PruneResult.Amount deleted = PruneResult.Amount.NONE;
    private PruneResult.Amount waiting = PruneResult.Amount.NONE;
    private PruneResult.Amount locked = PruneResult.Amount.NONE;
    private boolean stale;
    private boolean touched;
    private boolean left;

    /** One object that a record condemns. */
    private record Victim(String object, long size) {}

    Deletion(World world, World.View view, PruneRequest request, Clock clock) {
        this.world = world;
        this.view = view;
        this.scan = view.scan();
        this.replica = scan.replica();
        this.request = request;
        this.now = clock.instant();
    }

    /**
     * Deletes what is due.
     *
     * @param own this prune's marker, which is left alone
     * @return whether all was done; otherwise so much time passed that everything must be looked at again first
     */
    boolean run(String own) throws IOException {
        for (PruneRecords.Listed listed : scan.records()) {
            if (!listed.name().equals(own)) {
                run(listed);
            }
            if (stale) {
                return false;
            }
        }
        return true;
    }

    private void run(PruneRecords.Listed listed) throws IOException {
        boolean isNow = request.waiting() == PruneRequest.Waiting.NOW;
        boolean isDue = isNow || scan.ages().isOlder(listed, Ages.GRACE);
        touched = false;
        left = false;
        for (ManifestName name : listed.record().manifests()) {
            Long size = view.references().superseded().get(name);
            if (size != null) {
                treat(new Victim(name.object(), size), isDue);
            }
        }
        treatAll(listed.record().catalogs(), scan.catalogs(), Kind.CATALOG, isDue);
        treatAll(listed.record().archives(), scan.archives(), Kind.ARCHIVE, isDue);
        Map<RunId, RunStore.Seen> runs = new HashMap<>();
        scan.runs().forEach(run -> runs.put(run.run(), run));
        for (RunId run : listed.record().runs()) {
            RunStore.Seen seen = runs.get(run);
            if (seen != null && (view.references().finished().contains(run) || !scan.isLive(seen))) {
                for (String object : seen.objects()) {
                    treat(new Victim(object, 0), isDue);
                }
            }
        }
        boolean isEnded = listed.record().isEmpty()
                // Another prune may be at work, which must find its own mark.
                ? scan.ages().isOlder(listed, Ages.GRACE)
                : isNow || (!touched && scan.ages().isOlder(listed, Ages.GRACE.multipliedBy(2)));
        if (isDue && isEnded && !left && !stale && request.mode() == PruneRequest.Mode.WRITE) {
            new PruneRecords(replica).delete(listed.name());
        }
    }

    private enum Kind {
        ARCHIVE,
        CATALOG
    }

    private void treatAll(
            List<ObjectHash> hashes, Map<ObjectHash, DestinationScan.Found> there, Kind kind, boolean isDue)
            throws IOException {
        for (ObjectHash hash : hashes) {
            DestinationScan.Found found = there.get(hash);
            boolean isNeeded = kind == Kind.ARCHIVE ? world.needsArchive(view, hash) : world.needsCatalog(view, hash);
            if (found != null && !isNeeded) {
                String object = kind == Kind.ARCHIVE ? Layout.archive(hash) : Layout.catalog(hash);
                treat(new Victim(object, found.size()), isDue);
            }
        }
    }

    private void treat(Victim victim, boolean isDue) throws IOException {
        if (stale || !handled.add(victim.object())) {
            return;
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("the prune was cancelled; the next one goes on");
        }
        if (!isDue) {
            waiting = waiting.plus(victim.size());
        } else if (isLocked(victim)) {
            locked = locked.plus(victim.size());
            left = true;
        } else if (scan.since().compareTo(FRESH) > 0) {
            stale = true;
        } else {
            delete(victim);
        }
    }

    private void delete(Victim victim) throws StorageException {
        if (request.mode() == PruneRequest.Mode.WRITE) {
            replica.storage().delete(victim.object());
            touched = true;
        }
        deleted = deleted.plus(victim.size());
    }

    /** Whether the storage keeps it by itself, so that deleting it would only hide it. */
    private boolean isLocked(Victim victim) throws StorageException {
        Optional<Retention> retention = replica.storage().retention();
        if (retention.isEmpty()) {
            return false;
        }
        try {
            Optional<Instant> until = retention.get().retainedUntil(victim.object());
            return until.isPresent() && until.get().isAfter(now);
        } catch (StorageException.Missing e) {
            // Somebody else has deleted it; deleting it again does no harm.
            return false;
        }
    }

    PruneResult.Amount deleted() {
        return deleted;
    }

    PruneResult.Amount waiting() {
        return waiting;
    }

    PruneResult.Amount locked() {
        return locked;
    }
}
