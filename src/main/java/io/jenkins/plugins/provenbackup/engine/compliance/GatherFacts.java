package io.jenkins.plugins.provenbackup.engine.compliance;

import io.jenkins.plugins.provenbackup.engine.catalog.MalformedException;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.policy.Facts;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.engine.repository.ForgottenRecords;
import io.jenkins.plugins.provenbackup.engine.repository.HoldRecords;
import io.jenkins.plugins.provenbackup.engine.repository.Inventory;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.TestRecord;
import io.jenkins.plugins.provenbackup.engine.repository.TestRecords;
import io.jenkins.plugins.provenbackup.engine.snapshots.ListSnapshots;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import io.jenkins.plugins.provenbackup.engine.snapshots.SnapshotList;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Looks at the destinations of a policy: which snapshots are where, how complete, and what recovery tests found. */
public final class GatherFacts {

    /** Newest results of recovery tests that are opened for each source. */
    private static final int MOST_TESTS = 100;

    private final PolicyDestinations destinations;
    private final AccessKey key;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Inventory> inventories = new LinkedHashMap<>();
    private final Map<String, Set<SnapshotId>> forgotten = new LinkedHashMap<>();
    private final Map<String, Map<SnapshotId, Integer>> holds = new LinkedHashMap<>();

    private GatherFacts(PolicyDestinations destinations, AccessKey key) {
        this.destinations = destinations;
        this.key = key;
    }

    /**
     * What was seen.
     *
     * @param facts for the judgement
     * @param amounts how much there is
     * @param problems manifests and results that count for nothing, for people
     */
    public record Result(Facts facts, StoredAmounts amounts, List<String> problems) {
        public Result {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Looks.
     *
     * @param elsewhere names of sources that other policies cover
     * @throws StorageException when a destination that was reached cannot be listed or read
     */
    public static Result run(PolicyDestinations destinations, AccessKey key, Set<String> elsewhere) throws IOException {
        return new GatherFacts(destinations, key).run(elsewhere);
    }

    /**
     * Looks at what recovery tests of a policy's sources found, and at nothing else, which is quick.
     *
     * @throws StorageException when a destination that was reached cannot be listed or read
     */
    public static Facts ofTests(Policy policy, PolicyDestinations destinations, AccessKey key) throws IOException {
        GatherFacts gather = new GatherFacts(destinations, key);
        Map<String, Facts.SourceFacts> sources = new TreeMap<>();
        for (Policy.Source source : policy.sources()) {
            Optional<SourceKey> sourceKey = key.sourceKey(source.name());
            if (sourceKey.isPresent()) {
                try (SourceKey opened = sourceKey.get()) {
                    sources.put(source.name(), new Facts.SourceFacts(List.of(), gather.tests(opened), List.of()));
                }
            }
        }
        return new Facts(destinations.unreachable(), sources, Set.of(), Facts.View.SOME_SOURCES);
    }

    private Result run(Set<String> elsewhere) throws IOException {
        // In that order: what a manifest names was there before it, so a backup that ends meanwhile is not taken for
        // damaged.
        SnapshotList list = ListSnapshots.run(List.copyOf(destinations.reached().values()), key);
        for (Map.Entry<String, Replica> one : destinations.reached().entrySet()) {
            inventories.put(one.getKey(), Inventory.of(one.getValue()));
            forgotten.put(one.getKey(), new ForgottenRecords(one.getValue()).list());
            holds.put(one.getKey(), new HoldRecords(one.getValue()).list());
        }
        list.broken().forEach(broken -> problems.add("a manifest cannot be used: " + broken.problem()));
        Map<String, Facts.SourceFacts> sources = new TreeMap<>();
        for (String name : list.sources()) {
            sources.put(name, source(name, list));
        }
        Facts.View view = key instanceof SourceKey ? Facts.View.SOME_SOURCES : Facts.View.ALL_SOURCES;
        return new Result(
                new Facts(destinations.unreachable(), sources, elsewhere, view),
                StoredAmounts.of(list.snapshots(), inventories),
                problems);
    }

    private Facts.SourceFacts source(String name, SnapshotList list) throws IOException {
        List<Facts.SnapshotFact> snapshots = new ArrayList<>();
        for (Snapshot snapshot : list.of(name)) {
            snapshots.add(snapshot(snapshot, keep(snapshot)));
        }
        List<SnapshotId> removed = list.removed().stream()
                .filter(one -> one.source().equals(name))
                .map(SnapshotList.Removed::id)
                .toList();
        try (SourceKey sourceKey = key.sourceKey(name).orElseThrow()) {
            return new Facts.SourceFacts(snapshots, tests(sourceKey), removed);
        }
    }

    /** By the newest record, wherever it is; one that cannot be read holds nothing, and is told. */
    private Facts.Keep keep(Snapshot snapshot) throws IOException {
        int newest = -1;
        Facts.Keep keep = Facts.Keep.BY_RULES;
        for (Map.Entry<String, Replica> one : destinations.reached().entrySet()) {
            Integer number = holds.get(one.getKey()).get(snapshot.id());
            if (number == null || number <= newest) {
                continue;
            }
            try (SourceKey sourceKey =
                    key.sourceKey(snapshot.manifest().sourceId()).orElseThrow()) {
                boolean isHeld = new HoldRecords(one.getValue())
                        .read(snapshot.id(), number, sourceKey)
                        .held();
                keep = isHeld ? Facts.Keep.HELD : Facts.Keep.BY_RULES;
                newest = number;
            } catch (CryptoException | MalformedException | StorageException.Missing e) {
                problems.add("a hold cannot be read: " + e.getMessage());
            }
        }
        return keep;
    }

    private Facts.SnapshotFact snapshot(Snapshot snapshot, Facts.Keep keep) {
        Manifest manifest = snapshot.manifest();
        Set<String> present = new LinkedHashSet<>();
        Set<String> complete = new LinkedHashSet<>();
        Set<String> gone = new LinkedHashSet<>();
        destinations.reached().forEach((name, replica) -> {
            if (snapshot.replicas().contains(replica)) {
                present.add(name);
                if (inventories.get(name).isComplete(manifest)) {
                    complete.add(name);
                }
            }
            if (forgotten.get(name).contains(snapshot.id())) {
                gone.add(name);
            }
        });
        return new Facts.SnapshotFact(
                snapshot.id(),
                manifest.start(),
                manifest.kind(),
                manifest.facts().roots().stream().map(Object::toString).toList(),
                manifest.totals().unreadable(),
                present,
                complete,
                gone,
                keep);
    }

    private List<Facts.TestFact> tests(SourceKey sourceKey) throws IOException {
        Map<String, List<Replica>> places = new TreeMap<>();
        for (Replica replica : destinations.reached().values()) {
            for (String name : new TestRecords(replica).list(sourceKey.sourceId())) {
                places.computeIfAbsent(name, any -> new ArrayList<>()).add(replica);
            }
        }
        List<String> names = List.copyOf(places.keySet());
        List<Facts.TestFact> tests = new ArrayList<>();
        for (String name : names.subList(Math.max(0, names.size() - MOST_TESTS), names.size())) {
            read(name, places.get(name), sourceKey).ifPresent(record -> tests.add(fact(record)));
        }
        return tests;
    }

    /** From the first destination that has it intact. */
    private Optional<TestRecord> read(String name, List<Replica> at, SourceKey sourceKey) throws IOException {
        for (Replica replica : at) {
            try {
                return Optional.of(new TestRecords(replica).read(name, sourceKey));
            } catch (CryptoException | MalformedException | StorageException.Missing e) {
                problems.add("the result of a recovery test cannot be used: " + e.getMessage());
            }
        }
        return Optional.empty();
    }

    private static Facts.TestFact fact(TestRecord record) {
        return new Facts.TestFact(
                record.snapshot(),
                record.at(),
                record.restore(),
                record.errors(),
                record.problems().stream().findFirst());
    }
}
