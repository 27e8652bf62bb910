package io.jenkins.plugins.provenbackup.engine.compliance;

import io.jenkins.plugins.provenbackup.engine.catalog.MalformedException;
import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.policy.Compliance;
import io.jenkins.plugins.provenbackup.engine.policy.Control;
import io.jenkins.plugins.provenbackup.engine.policy.Facts;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.engine.repository.ForgottenRecords;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.Totals;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks at a policy as {@link CheckPolicy} does, and keeps what the next look is compared with: a snapshot that was seen at a
 * destination and is not there any more, without a record that it was forgotten, is a broken promise too.
 */
public final class Observe {

    private final Policy policy;
    private final PolicyDestinations destinations;
    private final AccessKey key;
    private final GatherFacts.Result gathered;

    /**
     * What earlier looks saw.
     *
     * @param at ids of snapshots by the name of the destination, with the names of their sources
     */
    public record Recorded(Map<String, Map<String, String>> at) {

        /** Nobody looked before. */
        public static final Recorded NOTHING = new Recorded(Map.of());

        public Recorded {
            at = Map.copyOf(at);
        }
    }

    private Observe(Policy policy, PolicyDestinations destinations, AccessKey key, GatherFacts.Result gathered) {
        this.policy = policy;
        this.destinations = destinations;
        this.key = key;
        this.gathered = gathered;
    }

    /**
     * Looks.
     *
     * @param elsewhere names of sources that others cover, which are no drift
     * @param recorded by earlier looks
     * @throws IOException when a destination that was reached cannot be listed or read
     */
    public static Observation run(
            Policy policy,
            PolicyDestinations destinations,
            AccessKey key,
            Elsewhere elsewhere,
            Recorded recorded,
            Instant now)
            throws IOException {
        GatherFacts.Result gathered = GatherFacts.run(destinations, key, Set.of());
        return new Observe(policy, destinations, key, elsewhere.applied(gathered)).observation(recorded, now);
    }

    /** Which sources others cover. */
    @FunctionalInterface
    public interface Elsewhere {

        /** Whether a source of that name is covered by somebody else. */
        boolean covers(String source);

        private GatherFacts.Result applied(GatherFacts.Result gathered) {
            Facts facts = gathered.facts();
            Set<String> covered = new HashSet<>(facts.sources().keySet());
            covered.removeIf(name -> !covers(name));
            return new GatherFacts.Result(
                    new Facts(facts.unreachable(), facts.sources(), covered, facts.view()),
                    gathered.amounts(),
                    gathered.problems());
        }
    }

    private Observation observation(Recorded recorded, Instant now) throws IOException {
        List<Observation.SourceSeen> sources =
                policy.sources().stream().map(source -> source(source.name())).toList();
        List<Observation.DestinationSeen> places = new ArrayList<>();
        List<Control> controls = new ArrayList<>(
                Compliance.evaluate(policy, gathered.facts(), now).controls());
        for (Policy.Destination destination : policy.destinations()) {
            Map<String, String> before = before(recorded, destination);
            Observation.DestinationSeen seen = destination(destination, before);
            places.add(seen);
            if (seen.isReached()) {
                controls.add(RecordedControl.of(seen, sources, before));
            }
        }
        return new Observation(new Compliance(policy.name(), now, controls), sources, places, gathered.problems());
    }

    /** Of sources that the policy still has: what it gave up is no loss. */
    private Map<String, String> before(Recorded recorded, Policy.Destination destination) {
        Map<String, String> before = new HashMap<>(recorded.at().getOrDefault(destination.name(), Map.of()));
        Set<String> names = policy.sources().stream().map(Policy.Source::name).collect(Collectors.toSet());
        before.values().removeIf(source -> !names.contains(source));
        return before;
    }

    private Observation.SourceSeen source(String name) {
        Facts.SourceFacts facts = gathered.facts().of(name);
        return new Observation.SourceSeen(
                name,
                facts.snapshots().stream().map(this::point).toList(),
                facts.tests().stream()
                        .map(test -> new Observation.TestSeen(
                                test.snapshot().hex(),
                                test.time(),
                                test.duration(),
                                test.errors(),
                                test.problem().orElse("")))
                        .toList(),
                facts.removed().stream().map(SnapshotId::hex).toList());
    }

    private Observation.PointSeen point(Facts.SnapshotFact snapshot) {
        Totals totals = gathered.amounts().snapshots().get(snapshot.id());
        return new Observation.PointSeen(
                snapshot.id().hex(),
                snapshot.time(),
                snapshot.kind(),
                new Observation.Amounts(
                        totals.files(),
                        totals.bytes(),
                        totals.filesNew() + totals.filesChanged(),
                        totals.bytesAdded(),
                        totals.bytesStored()),
                snapshot.present(),
                snapshot.complete());
    }

    private Observation.DestinationSeen destination(Policy.Destination destination, Map<String, String> before)
            throws IOException {
        String name = destination.name();
        Replica replica = destinations.reached().get(name);
        if (replica == null) {
            String problem = gathered.facts().unreachable().getOrDefault(name, "");
            return new Observation.DestinationSeen(name, Optional.of(problem), 0, 0, OptionalLong.empty(), Set.of());
        }
        StoredAmounts.AtDestination amounts = gathered.amounts().destinations().get(name);
        return new Observation.DestinationSeen(
                name,
                Optional.empty(),
                amounts.bytes(),
                amounts.condemned(),
                free(destination),
                forgotten(replica, before));
    }

    /** Of a folder of this machine alone: no other place tells. */
    private static OptionalLong free(Policy.Destination destination) {
        if (!destination.location().isLocal()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(
                    Files.getFileStore(Path.of(destination.location().path())).getUsableSpace());
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** Of those that were here and are not any more: the ones of which an authentic record says so. */
    private Set<String> forgotten(Replica replica, Map<String, String> before) throws IOException {
        Set<SnapshotId> marked = new ForgottenRecords(replica).list();
        Set<String> forgotten = new HashSet<>();
        for (Map.Entry<String, String> one : before.entrySet()) {
            SnapshotId id = new SnapshotId(one.getKey());
            if (marked.contains(id) && isForgotten(replica, id, one.getValue())) {
                forgotten.add(id.hex());
            }
        }
        return forgotten;
    }

    private boolean isForgotten(Replica replica, SnapshotId id, String source) throws IOException {
        Optional<SourceKey> opened = key.sourceKey(source);
        if (opened.isEmpty()) {
            return false;
        }
        try (SourceKey sourceKey = opened.get()) {
            new ForgottenRecords(replica).read(id, sourceKey);
            return true;
        } catch (StorageException.Missing | CryptoException | MalformedException e) {
            return false;
        }
    }
}
