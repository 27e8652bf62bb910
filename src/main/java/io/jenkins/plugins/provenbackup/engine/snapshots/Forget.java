package io.jenkins.plugins.provenbackup.engine.snapshots;

import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceId;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.policy.RetentionRules;
import io.jenkins.plugins.provenbackup.engine.policy.Span;
import io.jenkins.plugins.provenbackup.engine.repository.ForgottenRecords;
import io.jenkins.plugins.provenbackup.engine.repository.HoldRecords;
import io.jenkins.plugins.provenbackup.engine.repository.Inventory;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.RunId;
import io.jenkins.plugins.provenbackup.engine.repository.RunStore;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Removes snapshots by name or by rules: first every destination gets a record that says so, then the manifests and their
 * twins go (repository format, section 12). The last complete snapshot of a source always stays, and so
 * does what is held. Space comes back with a prune.
 */
public final class Forget {

    /** Why the last complete snapshot of a source stays. */
    public static final String LAST_COMPLETE = "last complete one";

    /** Why a snapshot stays that somebody holds. */
    public static final String HELD = "held";

    private final ForgetRequest request;
    private final Clock clock;
    private final Map<Replica, Inventory> inventories = new HashMap<>();

    private Forget(ForgetRequest request, Clock clock) {
        this.request = request;
        this.clock = clock;
    }

    /**
     * Runs it.
     *
     * @throws RefusedException when a snapshot that was named is the last complete one of its source, held, or too young
     * @throws IOException when a destination took no record, so that nothing was removed; or a removal failed everywhere
     */
    public static ForgetResult run(ForgetRequest request, Clock clock) throws IOException {
        return new Forget(request, clock).run();
    }

    private ForgetResult run() throws IOException {
        List<ForgetResult.Decision> decisions = new ArrayList<>();
        Map<SourceId, List<Snapshot>> bySource = request.considered().stream()
                .collect(Collectors.groupingBy(
                        snapshot -> snapshot.manifest().sourceId(), LinkedHashMap::new, Collectors.toList()));
        Map<SnapshotId, HoldRecords.Hold> held = Holds.held(request.list(), request.key());
        for (List<Snapshot> snapshots : bySource.values()) {
            List<ForgetResult.Decision> ofSource = new ArrayList<>();
            for (List<Snapshot> group : groups(snapshots)) {
                ofSource.addAll(decide(group));
            }
            decisions.addAll(protect(except(ofSource, held)));
        }
        Map<String, String> failures = new LinkedHashMap<>();
        if (request.mode() == ForgetRequest.Mode.WRITE) {
            List<Snapshot> gone = decisions.stream()
                    .filter(decision -> !decision.isKept())
                    .map(ForgetResult.Decision::snapshot)
                    .toList();
            record(gone);
            remove(gone, failures);
            removeRuns(gone, failures);
        }
        return new ForgetResult(decisions, failures);
    }

    private List<List<Snapshot>> groups(List<Snapshot> snapshots) {
        if (request.exceptions().groupBy().isEmpty()) {
            return List.of(snapshots);
        }
        String tag = request.exceptions().groupBy().get();
        Map<String, List<Snapshot>> groups = new TreeMap<>();
        for (Snapshot snapshot : snapshots) {
            String value = snapshot.manifest().tags().getOrDefault(tag, "");
            groups.computeIfAbsent(value, key -> new ArrayList<>()).add(snapshot);
        }
        return List.copyOf(groups.values());
    }

    /** What is held, or too young, stays. */
    private List<ForgetResult.Decision> except(
            List<ForgetResult.Decision> decisions, Map<SnapshotId, HoldRecords.Hold> held) throws RefusedException {
        Instant now = clock.instant();
        Optional<Span> minimum = request.exceptions().minimumAge();
        List<ForgetResult.Decision> kept = new ArrayList<>();
        for (ForgetResult.Decision decision : decisions) {
            SnapshotId id = decision.snapshot().id();
            List<String> keptBy = new ArrayList<>(decision.keptBy());
            if (held.containsKey(id)) {
                keptBy.add(HELD);
            }
            Instant time = decision.snapshot().manifest().start();
            if (minimum.isPresent() && time.isAfter(minimum.get().before(now.atZone(request.zone())))) {
                keptBy.add("younger than " + minimum.get());
            }
            if (request.chosen().contains(id) && !keptBy.isEmpty()) {
                throw new RefusedException("Snapshot " + id.brief() + " is " + String.join(", ", keptBy)
                        + (held.containsKey(id) ? " (" + held.get(id).reason() + "): 'release' it first" : "")
                        + ". Nothing was removed.");
            }
            kept.add(new ForgetResult.Decision(decision.snapshot(), keptBy));
        }
        return kept;
    }

    private List<ForgetResult.Decision> decide(List<Snapshot> snapshots) {
        Map<SnapshotId, Snapshot> byId =
                snapshots.stream().collect(Collectors.toMap(Snapshot::id, snapshot -> snapshot));
        List<RetentionRules.Candidate> candidates = snapshots.stream()
                .map(snapshot -> new RetentionRules.Candidate(
                        snapshot.id(), snapshot.manifest().start()))
                .toList();
        List<ForgetResult.Decision> decisions = new ArrayList<>();
        for (RetentionRules.Verdict verdict : request.rules().judge(candidates, request.zone())) {
            SnapshotId id = verdict.candidate().id();
            List<String> keptBy = verdict.keptBy();
            if (request.chosen().contains(id)) {
                keptBy = List.of();
            } else if (request.rules().isEmpty()) {
                keptBy = List.of("not named");
            }
            decisions.add(new ForgetResult.Decision(byId.get(id), keptBy));
        }
        return decisions;
    }

    /** Keeps the newest complete snapshot of the source when no other complete one stays. */
    private List<ForgetResult.Decision> protect(List<ForgetResult.Decision> decisions) throws IOException {
        Set<SnapshotId> going = decisions.stream()
                .filter(decision -> !decision.isKept())
                .map(decision -> decision.snapshot().id())
                .collect(Collectors.toSet());
        if (going.isEmpty()) {
            return decisions;
        }
        SourceId source = decisions.get(0).snapshot().manifest().sourceId();
        List<Snapshot> newestFirst = request.list().snapshots().stream()
                .filter(snapshot -> snapshot.manifest().sourceId().equals(source))
                .sorted(Comparator.comparingLong(
                                (Snapshot snapshot) -> snapshot.manifest().sequence())
                        .reversed())
                .toList();
        Optional<Snapshot> newestComplete = Optional.empty();
        for (Snapshot snapshot : newestFirst) {
            if (isComplete(snapshot)) {
                if (!going.contains(snapshot.id())) {
                    return decisions;
                }
                newestComplete = newestComplete.isEmpty() ? Optional.of(snapshot) : newestComplete;
            }
        }
        if (newestComplete.isEmpty()) {
            return decisions;
        }
        SnapshotId stays = newestComplete.get().id();
        if (request.chosen().contains(stays)) {
            throw new RefusedException("Snapshot " + stays.brief() + " is the last complete one of "
                    + newestComplete.get().manifest().source()
                    + " and cannot be forgotten. Make another backup of it first. Nothing was removed.");
        }
        return decisions.stream()
                .map(decision -> decision.snapshot().id().equals(stays)
                        ? new ForgetResult.Decision(decision.snapshot(), List.of(LAST_COMPLETE))
                        : decision)
                .toList();
    }

    private boolean isComplete(Snapshot snapshot) throws IOException {
        for (Replica replica : snapshot.replicas()) {
            Inventory inventory = inventories.get(replica);
            if (inventory == null) {
                inventory = Inventory.of(replica);
                inventories.put(replica, inventory);
            }
            if (inventory.isComplete(snapshot.manifest())) {
                return true;
            }
        }
        return false;
    }

    /** A destination without the record would later look robbed, so all must take it before anything goes anywhere. */
    private void record(List<Snapshot> gone) throws IOException {
        for (Snapshot snapshot : gone) {
            String rule = request.chosen().contains(snapshot.id())
                    ? "by name"
                    : request.rules().toString();
            ForgottenRecords.Reason reason = new ForgottenRecords.Reason(rule, request.by(), clock.instant());
            try (SourceKey key =
                    request.key().sourceKey(snapshot.manifest().sourceId()).orElseThrow()) {
                for (Replica replica : request.list().replicas()) {
                    new ForgottenRecords(replica).put(snapshot.manifest(), reason, key);
                }
            }
        }
    }

    /** A run whose manifest is gone would look as if it had died, and a prune would spare for a while what it stored. */
    private void removeRuns(List<Snapshot> gone, Map<String, String> failures) {
        Set<RunId> ended =
                gone.stream().map(snapshot -> snapshot.manifest().run()).collect(Collectors.toSet());
        for (Replica replica :
                gone.isEmpty() ? List.<Replica>of() : request.list().replicas()) {
            try {
                for (RunStore.Seen run : new RunStore(replica).list()) {
                    if (ended.contains(run.run())) {
                        for (String object : run.objects()) {
                            replica.storage().delete(object);
                        }
                    }
                }
            } catch (IOException e) {
                failures.putIfAbsent(replica.location(), e.getMessage());
            }
        }
    }

    private void remove(List<Snapshot> gone, Map<String, String> failures) {
        for (Snapshot snapshot : gone) {
            for (Snapshot.Copy copy : snapshot.copies()) {
                try {
                    new SnapshotStore(copy.replica()).delete(copy.name());
                } catch (IOException e) {
                    failures.putIfAbsent(copy.replica().location(), e.getMessage());
                }
            }
        }
    }
}
