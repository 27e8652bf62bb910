package io.jenkins.plugins.provenbackup.engine.snapshots;

import io.jenkins.plugins.provenbackup.engine.catalog.MalformedException;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.repository.HoldRecords;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds snapshots, so that no rule and no command forgets them, and lets them go. */
public final class Holds {

    private Holds() {}

    /**
     * What was done.
     *
     * @param snapshot which snapshot
     * @param changed whether it was in the other state before
     * @param failures destinations that took no record, with the reason
     */
    public record Result(Snapshot snapshot, boolean changed, Map<String, String> failures) {
        public Result {
            failures = Map.copyOf(failures);
        }
    }

    /**
     * The snapshots of a list that are held. Of records with several numbers, at whatever destination, the highest counts; one
     * that cannot be opened holds.
     */
    public static Map<SnapshotId, HoldRecords.Hold> held(SnapshotList list, AccessKey key) throws IOException {
        Map<Replica, Map<SnapshotId, Integer>> numbers = numbers(list.replicas());
        Map<SnapshotId, HoldRecords.Hold> held = new HashMap<>();
        for (Snapshot snapshot : list.snapshots()) {
            newest(snapshot, numbers, key)
                    .filter(HoldRecords.Hold::held)
                    .ifPresent(hold -> held.put(snapshot.id(), hold));
        }
        return held;
    }

    /**
     * Puts the next record of a snapshot at every destination, unless the newest says the same already.
     *
     * @throws IOException when no destination took it
     */
    public static Result put(Snapshot snapshot, SnapshotList list, HoldRecords.Hold hold, AccessKey key)
            throws IOException {
        Map<Replica, Map<SnapshotId, Integer>> numbers = numbers(list.replicas());
        Optional<HoldRecords.Hold> before = newest(snapshot, numbers, key);
        if (before.map(HoldRecords.Hold::held).orElse(false) == hold.held()) {
            return new Result(snapshot, false, Map.of());
        }
        int number = highest(snapshot.id(), numbers) + 1;
        Map<String, String> failures = new LinkedHashMap<>();
        IOException last = null;
        try (SourceKey sourceKey = key.sourceKey(snapshot.manifest().sourceId()).orElseThrow()) {
            byte[] record = HoldRecords.encode(snapshot.manifest(), number, hold, sourceKey);
            for (Replica replica : list.replicas()) {
                try {
                    new HoldRecords(replica).put(snapshot.id(), number, record);
                } catch (IOException e) {
                    failures.put(replica.location(), e.getMessage());
                    last = e;
                }
            }
        }
        if (last != null && failures.size() == list.replicas().size()) {
            throw last;
        }
        return new Result(snapshot, true, failures);
    }

    private static Map<Replica, Map<SnapshotId, Integer>> numbers(List<Replica> replicas) throws IOException {
        Map<Replica, Map<SnapshotId, Integer>> numbers = new LinkedHashMap<>();
        for (Replica replica : replicas) {
            numbers.put(replica, new HoldRecords(replica).list());
        }
        return numbers;
    }

    private static int highest(SnapshotId id, Map<Replica, Map<SnapshotId, Integer>> numbers) {
        return numbers.values().stream()
                .mapToInt(one -> one.getOrDefault(id, -1))
                .max()
                .orElse(-1);
    }

    private static Optional<HoldRecords.Hold> newest(
            Snapshot snapshot, Map<Replica, Map<SnapshotId, Integer>> numbers, AccessKey key) throws IOException {
        int number = highest(snapshot.id(), numbers);
        if (number < 0) {
            return Optional.empty();
        }
        String problem = "";
        try (SourceKey sourceKey = key.sourceKey(snapshot.manifest().sourceId()).orElseThrow()) {
            for (Map.Entry<Replica, Map<SnapshotId, Integer>> entry : numbers.entrySet()) {
                if (entry.getValue().getOrDefault(snapshot.id(), -1) == number) {
                    try {
                        return Optional.of(new HoldRecords(entry.getKey()).read(snapshot.id(), number, sourceKey));
                    } catch (CryptoException | MalformedException e) {
                        problem = e.getMessage();
                    }
                }
            }
        }
        return Optional.of(new HoldRecords.Hold(true, "its record cannot be read: " + problem, "", Instant.EPOCH));
    }
}
