package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.repository.ForgottenRecords;
import io.jenkins.plugins.provenbackup.engine.repository.HoldRecords;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.ObjectRef;
import io.jenkins.plugins.provenbackup.engine.repository.PruneRecords;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.RunId;
import io.jenkins.plugins.provenbackup.engine.repository.RunStore;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What lies at a destination. Objects are listed first and what may name them afterwards: whatever is put in between is not
 * among those that may be deleted. Some 150 bytes for each archive and catalog object.
 */
final class DestinationScan {

    private static final Pattern HASHED = Pattern.compile("(?:archives|catalogs)/([0-9a-f]{2})/(\\1[0-9a-f]{62})");

    private final Replica replica;
    private final Map<ObjectHash, Found> archives;
    private final Map<ObjectHash, Found> catalogs;
    private final List<PruneRecords.Listed> records;
    private final Set<ObjectHash> condemned = new HashSet<>();
    private final List<RunStore.Seen> runs;
    private final Set<SnapshotId> forgotten;
    private final Map<SnapshotId, Integer> holds;
    private final Ages ages;
    private final long scannedNanos = System.nanoTime();

    /**
     * An object that is there.
     *
     * @param size bytes
     * @param modified the destination's time stamp
     */
    record Found(long size, Instant modified) {}

    private DestinationScan(Replica replica, String marker, Instant ownNow) throws IOException {
        this.replica = replica;
        this.archives = list(Layout.ARCHIVES);
        this.catalogs = list(Layout.CATALOGS);
        this.records = new PruneRecords(replica).list();
        for (PruneRecords.Listed listed : records) {
            condemned.addAll(listed.record().archives());
            condemned.addAll(listed.record().catalogs());
        }
        this.runs = new RunStore(replica).list();
        this.forgotten = new ForgottenRecords(replica).list();
        this.holds = new HoldRecords(replica).list();
        this.ages = new Ages(marker.isEmpty() ? ownNow : stamp(marker), ownNow);
    }

    /**
     * Looks at a destination.
     *
     * @param marker an object under {@code prunes/} that this prune has put; empty when it puts nothing
     * @throws PruneRefusedException when the listing does not show the marker, and so is not to be trusted
     */
    static DestinationScan of(Replica replica, String marker, Instant ownNow) throws IOException {
        return new DestinationScan(replica, marker, ownNow);
    }

    private Instant stamp(String marker) throws PruneRefusedException {
        return records.stream()
                .filter(one -> one.name().equals(marker))
                .map(PruneRecords.Listed::modified)
                .findFirst()
                .orElseThrow(() -> new PruneRefusedException(replica.name(marker)
                        + " was put a moment ago and is not listed: the destination shows an old state."));
    }

    private Map<ObjectHash, Found> list(String folder) throws StorageException {
        Map<ObjectHash, Found> found = new HashMap<>();
        for (StoredObject object : replica.storage().list(folder)) {
            var name = HASHED.matcher(object.name());
            if (name.matches()) {
                found.put(ObjectHash.parse(name.group(2)), new Found(object.size(), object.modified()));
            }
        }
        return found;
    }

    Replica replica() {
        return replica;
    }

    Map<ObjectHash, Found> archives() {
        return archives;
    }

    Map<ObjectHash, Found> catalogs() {
        return catalogs;
    }

    /** Records of prunes, oldest first. */
    List<PruneRecords.Listed> records() {
        return records;
    }

    boolean isCondemned(ObjectHash hash) {
        return condemned.contains(hash);
    }

    List<RunStore.Seen> runs() {
        return runs;
    }

    boolean isForgotten(SnapshotId snapshot) {
        return forgotten.contains(snapshot);
    }

    /** Snapshots with records of holds, each with the highest number. */
    Map<SnapshotId, Integer> holds() {
        return holds;
    }

    Ages ages() {
        return ages;
    }

    /** Whether an archive is there with its size and will stay. */
    boolean hasArchive(ObjectRef ref) {
        return has(archives, ref.hash(), ref.size());
    }

    boolean hasCatalog(ObjectHash hash, long size) {
        return has(catalogs, hash, size);
    }

    private boolean has(Map<ObjectHash, Found> objects, ObjectHash hash, long size) {
        Found found = objects.get(hash);
        return found != null && found.size() == size && !condemned.contains(hash);
    }

    /** Whether a run that has not ended may still put more. */
    boolean isLive(RunStore.Seen run) {
        return !isSilentFor(run, Ages.GRACE);
    }

    /** Whether a run put nothing for so long. */
    boolean isSilentFor(RunStore.Seen run, Duration time) {
        return ages.of(run.newest())
                .map(age -> age.compareTo(time) >= 0)
                .orElseGet(() -> records.stream()
                        .anyMatch(one -> ages.isOlder(one, time) && sawTheSame(one, run.run(), run.newestNumber())));
    }

    private static boolean sawTheSame(PruneRecords.Listed record, RunId run, int newest) {
        Integer seen = record.record().seen().get(run);
        return seen != null && seen == newest;
    }

    /** How long ago this was looked at. */
    Duration since() {
        return Duration.ofNanos(System.nanoTime() - scannedNanos);
    }
}
