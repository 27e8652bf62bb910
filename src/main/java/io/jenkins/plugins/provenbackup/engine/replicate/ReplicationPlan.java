package io.jenkins.plugins.provenbackup.engine.replicate;

import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.catalog.MalformedException;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceId;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.repository.ManifestName;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SealedManifest;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds out what the target lacks. Manifests are read one by one and not kept, so memory grows with the objects that are to
 * be copied, by about 100 bytes each, not with the snapshots. For one thread.
 */
final class ReplicationPlan {

    private final ReplicateRequest request;
    private final Holdings holdings;
    private final Map<ManifestName, List<Replica>> places = new LinkedHashMap<>();
    private final Map<SnapshotId, List<ManifestName>> snapshots = new LinkedHashMap<>();
    private final Map<ObjectHash, Long> missing = new HashMap<>();
    private final Set<SnapshotId> forgotten = new HashSet<>();
    private final List<ReplicateResult.Left> left = new ArrayList<>();
    private long present;

    /**
     * A snapshot that the target lacks.
     *
     * @param id which
     * @param names its manifests, the newest generation first
     */
    record Step(SnapshotId id, List<ManifestName> names) {}

    private record Sequence(SourceId source, long number) {}

    ReplicationPlan(ReplicateRequest request, Holdings holdings) {
        this.request = request;
        this.holdings = holdings;
    }

    /** The snapshots to copy, source by source, oldest first: what follows on a snapshot never comes before it. */
    List<Step> make() throws IOException {
        Map<ManifestName, Long> there = new HashMap<>();
        if (request.target().replica().isPresent()) {
            list(request.target().replica().get()).forEach(one -> there.put(one.name(), one.size()));
        }
        find(there);
        List<Step> steps = new ArrayList<>();
        snapshots.forEach((id, names) -> {
            names.sort(Comparator.comparingInt(ManifestName::generation)
                    .thenComparing(ManifestName::hash)
                    .reversed());
            steps.add(new Step(id, names));
        });
        steps.sort(Comparator.comparing((Step step) -> step.names().get(0).source())
                .thenComparingLong(step -> step.names().get(0).sequence())
                .thenComparing(Step::id));
        return steps;
    }

    /** Where a manifest lies. */
    List<Replica> at(ManifestName name) {
        return places.get(name);
    }

    /** Bytes that are to be copied, by object. */
    Map<ObjectHash, Long> missing() {
        return missing;
    }

    long present() {
        return present;
    }

    long forgotten() {
        return forgotten.size();
    }

    List<ReplicateResult.Left> left() {
        return left;
    }

    private void find(Map<ManifestName, Long> there) throws IOException {
        Map<ManifestName, Long> candidates = new LinkedHashMap<>();
        for (Replica replica : request.from()) {
            for (SnapshotStore.Listed listed : list(replica)) {
                candidates.put(listed.name(), listed.size());
                places.computeIfAbsent(listed.name(), name -> new ArrayList<>()).add(replica);
            }
        }
        keepNewest(candidates);
        Forgotten records = forgottenRecords();
        Map<Sequence, List<ManifestName>> bySequence = there.keySet().stream()
                .collect(Collectors.groupingBy(name -> new Sequence(name.source(), name.sequence())));
        Set<String> unmet = new HashSet<>(request.selection().prefixes());
        for (Map.Entry<ManifestName, Long> candidate : candidates.entrySet()) {
            ManifestName name = candidate.getKey();
            Long sizeThere = there.get(name);
            if (sizeThere != null && sizeThere.equals(candidate.getValue()) && unmet.isEmpty()) {
                present++;
                continue;
            }
            Optional<SealedManifest> manifest = read(name);
            if (manifest.isEmpty() || !request.selection().takes(manifest.get().id())) {
                continue;
            }
            SnapshotId id = manifest.get().id();
            unmet.removeIf(id.hex()::startsWith);
            if (sizeThere != null) {
                present++;
                if (sizeThere != manifest.get().object().length) {
                    leave(name.object(), damagedThere(name));
                }
            } else if (records.has(id, name.source())) {
                forgotten.add(id);
            } else if (!isSuperseded(manifest.get(), bySequence)) {
                add(manifest.get());
            }
        }
        if (!unmet.isEmpty()) {
            throw new RefusedException("There is no snapshot whose id begins with "
                    + unmet.iterator().next() + " at " + request.from().get(0).location()
                    + ". 'snapshots' lists them. Nothing was copied.");
        }
    }

    private String damagedThere(ManifestName name) {
        return request.target().replica().orElseThrow().name(name.object())
                + " is damaged: it has another size. 'verify --repair' with both destinations mends it.";
    }

    private Forgotten forgottenRecords() throws IOException {
        List<Replica> all = new ArrayList<>(request.from());
        request.target().replica().ifPresent(all::add);
        return new Forgotten(all, request.key());
    }

    private List<SnapshotStore.Listed> list(Replica replica) throws StorageException {
        SnapshotStore store = new SnapshotStore(replica);
        Optional<Set<SourceId>> sources = request.selection().sources();
        if (sources.isEmpty()) {
            return store.listAll();
        }
        List<SnapshotStore.Listed> all = new ArrayList<>();
        for (SourceId source : new TreeSet<>(sources.get())) {
            all.addAll(store.list(source));
        }
        return all;
    }

    /** Leaves of each source only the highest sequences, when so asked. */
    private void keepNewest(Map<ManifestName, Long> candidates) {
        if (request.selection().last().isEmpty()) {
            return;
        }
        Map<SourceId, TreeSet<Long>> sequences = new HashMap<>();
        candidates
                .keySet()
                .forEach(name -> sequences
                        .computeIfAbsent(name.source(), source -> new TreeSet<>())
                        .add(name.sequence()));
        sequences.values().forEach(all -> {
            while (all.size() > request.selection().last().getAsInt()) {
                all.pollFirst();
            }
        });
        candidates.keySet().removeIf(name -> !sequences.get(name.source()).contains(name.sequence()));
    }

    /** From the first place that has it intact. */
    private Optional<SealedManifest> read(ManifestName name) throws IOException {
        String problem = "";
        StorageException unreadable = null;
        for (Replica replica : places.get(name)) {
            try {
                SealedManifest manifest = SealedManifest.read(replica, name);
                requireAuthentic(manifest);
                return Optional.of(manifest);
            } catch (StorageException.Missing e) {
                // Forgotten by somebody else since the listing, or soon told of by verify.
                problem = problem.isEmpty() ? e.getMessage() : problem;
            } catch (StorageException e) {
                unreadable = e;
            } catch (CryptoException | MalformedException e) {
                problem = e.getMessage();
            }
        }
        if (unreadable != null) {
            throw unreadable;
        }
        leave(name.object(), problem);
        return Optional.empty();
    }

    private void requireAuthentic(SealedManifest manifest) throws IOException {
        Optional<AccessKey> key = request.key();
        Optional<SourceKey> source =
                key.flatMap(one -> one.sourceKey(manifest.name().source()));
        if (source.isPresent()) {
            try (SourceKey opened = source.get()) {
                manifest.open(opened);
            }
        }
    }

    /** Whether the target has the snapshot in this or a higher generation. */
    private boolean isSuperseded(SealedManifest manifest, Map<Sequence, List<ManifestName>> there) throws IOException {
        ManifestName own = manifest.name();
        for (ManifestName name : there.getOrDefault(new Sequence(own.source(), own.sequence()), List.of())) {
            if (newer(name, own)
                    && idAtTarget(name).filter(manifest.id()::equals).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static boolean newer(ManifestName a, ManifestName b) {
        return a.generation() > b.generation()
                || (a.generation() == b.generation() && a.hash().compareTo(b.hash()) > 0);
    }

    private Optional<SnapshotId> idAtTarget(ManifestName name) throws IOException {
        try {
            return Optional.of(SealedManifest.read(request.target().replica().orElseThrow(), name)
                    .id());
        } catch (StorageException.Missing | CryptoException | MalformedException e) {
            // It counts for nothing.
            return Optional.empty();
        }
    }

    private void add(SealedManifest manifest) {
        snapshots.computeIfAbsent(manifest.id(), id -> new ArrayList<>()).add(manifest.name());
        for (Needed needed : Needed.by(manifest)) {
            if (holdings.of(needed) == Holdings.State.MISSING) {
                missing.put(needed.object().hash(), needed.object().size());
            }
        }
    }

    private void leave(String object, String message) {
        left.add(new ReplicateResult.Left(object, message));
    }
}
