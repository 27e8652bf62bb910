package io.jenkins.plugins.provenbackup.jenkins.drill;

import io.jenkins.plugins.provenbackup.engine.catalog.MalformedException;
import io.jenkins.plugins.provenbackup.engine.compliance.PolicyDestinations;
import io.jenkins.plugins.provenbackup.engine.crypto.BackupKey;
import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.TestRecord;
import io.jenkins.plugins.provenbackup.engine.repository.TestRecords;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What recovery tests measured that read from one destination alone: a test that had several to choose from says nothing of any of them.
 * For one thread.
 */
final class MeasuredRestores {

    /** Results that are opened at most, the newest first. */
    private static final int MOST = 100;

    private final PolicyDestinations places;
    private final BackupKey key;

    MeasuredRestores(PolicyDestinations places, BackupKey key) {
        this.places = places;
        this.key = key;
    }

    /**
     * By name of the destination the newest one.
     *
     * @param source as snapshots carry its name
     */
    Map<String, WorstDestination.Measured> of(String source) throws IOException {
        Map<String, String> names = new HashMap<>();
        places.reached().forEach((name, replica) -> names.put(replica.location(), name));
        Map<String, WorstDestination.Measured> newest = new HashMap<>();
        try (SourceKey sourceKey = key.source(source)) {
            NavigableMap<String, List<Replica>> results = results(sourceKey);
            int opened = 0;
            for (Map.Entry<String, List<Replica>> one : results.descendingMap().entrySet()) {
                if (opened >= MOST || newest.size() == names.size()) {
                    break;
                }
                opened++;
                Optional<TestRecord> found = read(one.getKey(), one.getValue(), sourceKey);
                found.filter(record -> record.from().size() == 1)
                        .ifPresent(record -> Optional.ofNullable(
                                        names.get(record.from().get(0)))
                                .ifPresent(name -> newest.putIfAbsent(name, measured(record))));
            }
        }
        return newest;
    }

    /** Named by their time, the oldest first. */
    private NavigableMap<String, List<Replica>> results(SourceKey key) throws StorageException {
        NavigableMap<String, List<Replica>> results = new TreeMap<>();
        for (Replica replica : places.reached().values()) {
            for (String name : new TestRecords(replica).list(key.sourceId())) {
                results.computeIfAbsent(name, any -> new ArrayList<>()).add(replica);
            }
        }
        return results;
    }

    /** From the first destination that has it intact; a damaged one says nothing, and is told of where the policy is looked at. */
    private static Optional<TestRecord> read(String name, List<Replica> at, SourceKey key) throws IOException {
        for (Replica replica : at) {
            try {
                return Optional.of(new TestRecords(replica).read(name, key));
            } catch (CryptoException | MalformedException | StorageException.Missing e) {
                // Another may have it.
            }
        }
        return Optional.empty();
    }

    private static WorstDestination.Measured measured(TestRecord record) {
        return new WorstDestination.Measured(record.at(), record.bytes(), record.restore(), record.errors());
    }
}
