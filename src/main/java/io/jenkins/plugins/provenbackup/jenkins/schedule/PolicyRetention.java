package io.jenkins.plugins.provenbackup.jenkins.schedule;

import io.jenkins.plugins.provenbackup.engine.Amounts;
import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.OpenDestinations;
import io.jenkins.plugins.provenbackup.engine.OpenRequest;
import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.Reason;
import io.jenkins.plugins.provenbackup.engine.compliance.PolicyDestinations;
import io.jenkins.plugins.provenbackup.engine.crypto.BackupKey;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.engine.prune.Prune;
import io.jenkins.plugins.provenbackup.engine.prune.PruneRequest;
import io.jenkins.plugins.provenbackup.engine.prune.PruneResult;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.snapshots.ForgetByPolicy;
import io.jenkins.plugins.provenbackup.engine.snapshots.ForgetRequest;
import io.jenkins.plugins.provenbackup.engine.snapshots.ForgetResult;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.results.RetentionReport;
import io.jenkins.plugins.provenbackup.jenkins.secrets.ControllerKeys;
import io.jenkins.plugins.provenbackup.jenkins.secrets.DestinationAccess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Lets go at each destination of what a policy does not keep there, and gives space back, on the controller and with the credentials for
 * pruning. For one thread, whose interrupt cancels it.
 */
public final class PolicyRetention {

    private final Policy policy;
    private final String by;
    private final Consumer<String> log;
    private final Clock clock;
    private final Map<String, Place> places = new LinkedHashMap<>();

    /** What happens at a destination. */
    private static final class Place {
        private long kept;
        private long forgotten;
        private RetentionReport.Space space;
        private final List<String> problems = new ArrayList<>();
    }

    /** Whether space is given back, too. */
    public enum Pruning {
        WANTED,
        NOT_YET
    }

    /**
     * Prepares it.
     *
     * @param policy whose destinations are configured ones, by name
     * @param by who asks, for the records of what was forgotten
     * @param log is told of what happens, line by line
     */
    public PolicyRetention(Policy policy, String by, Consumer<String> log, Clock clock) {
        this.policy = policy;
        this.by = by;
        this.log = log;
        this.clock = clock;
        policy.destinations().forEach(one -> places.put(one.name(), new Place()));
    }

    /**
     * Does it. What fails at one destination is told of, and does not stop the others.
     *
     * @throws IOException when no destination can be opened, or the keys cannot
     */
    public List<RetentionReport> run(Pruning pruning) throws IOException, InterruptedException {
        ProvenBackupConfiguration configuration = ProvenBackupConfiguration.get();
        List<String> names = List.copyOf(places.keySet());
        List<DestinationAccess> access = new ArrayList<>();
        try (ControllerKeys keys = ControllerKeys.open(configuration.keysOf(names))) {
            for (String name : names) {
                Optional<BackupDestination> destination = configuration.destination(name);
                access.add(DestinationAccess.forPruning(destination.orElseThrow()));
            }
            OpenRequest open = DestinationAccess.open(access);
            try (Destinations opened = OpenDestinations.run(open)) {
                opened.verify(keys.backupKey());
                PolicyDestinations found = PolicyDestinations.of(policy, opened);
                found.unreachable().forEach((name, reason) -> problem(name, reason));
                for (Policy.Destination destination : policy.destinations()) {
                    Replica replica = found.reached().get(destination.name());
                    if (replica != null && !destination.retention().isEmpty()) {
                        forget(destination, replica, keys.backupKey());
                    }
                }
                if (pruning == Pruning.WANTED) {
                    prune(found, keys.backupKey());
                }
            } finally {
                DestinationAccess.wipe(open);
            }
        } finally {
            access.forEach(DestinationAccess::close);
        }
        return places.entrySet().stream()
                .map(one -> new RetentionReport(
                        one.getKey(),
                        one.getValue().kept,
                        one.getValue().forgotten,
                        one.getValue().space,
                        one.getValue().problems))
                .toList();
    }

    private void forget(Policy.Destination destination, Replica replica, BackupKey key) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Place place = places.get(destination.name());
        try {
            ForgetResult result =
                    ForgetByPolicy.run(policy, destination, replica, key, by, ForgetRequest.Mode.WRITE, clock);
            place.forgotten = result.forgotten();
            place.kept = result.decisions().size() - result.forgotten();
            log.accept(destination.name() + ": " + Amounts.count(place.kept, "snapshot") + " kept, "
                    + Amounts.count(place.forgotten) + " forgotten");
            result.failures().values().forEach(reason -> problem(destination.name(), reason));
        } catch (IOException e) {
            problem(destination.name(), "What is kept there was not looked after: " + Reason.of(e));
        }
    }

    private void prune(PolicyDestinations found, BackupKey key) throws InterruptedException {
        if (!found.unreachable().isEmpty()) {
            log.accept("No space is given back this time: what is needed cannot be told without "
                    + String.join(", ", found.unreachable().keySet()));
            return;
        }
        PruneRequest request = new PruneRequest(
                List.copyOf(found.reached().values()),
                key,
                PruneRequest.Compacting.STANDARD,
                PruneRequest.Waiting.GRACE,
                PruneRequest.Mode.WRITE,
                Path.of(System.getProperty("java.io.tmpdir")));
        ProgressListener notices = new ProgressListener() {
            @Override
            public void notice(String message) {
                log.accept(message);
            }
        };
        List<String> names = List.copyOf(found.reached().keySet());
        try {
            List<PruneResult.Destination> pruned =
                    Prune.run(request, notices, clock).destinations();
            for (int i = 0; i < pruned.size(); i++) {
                tell(names.get(i), pruned.get(i));
            }
        } catch (IOException e) {
            names.forEach(name -> problem(name, "No space was given back: " + Reason.of(e)));
        }
    }

    private void tell(String name, PruneResult.Destination pruned) {
        long later = pruned.condemned().bytes() + pruned.waiting().bytes();
        places.get(name).space = new RetentionReport.Space(pruned.deleted().bytes(), later);
        log.accept(name + ": " + Amounts.size(pruned.deleted().bytes()) + " given back, " + Amounts.size(later)
                + " to be deleted by a later prune"
                + (pruned.locked().objects() > 0
                        ? ", " + Amounts.size(pruned.locked().bytes()) + " kept by the storage itself"
                        : ""));
        if (pruned.lost() > 0) {
            problem(
                    name,
                    "The manifests of " + Amounts.count(pruned.lost(), "snapshot")
                            + " are gone and nobody said so; 'recover' of the command line puts them back");
        }
        if (!pruned.failure().isEmpty()) {
            problem(name, pruned.failure());
        }
    }

    private void problem(String name, String reason) {
        places.get(name).problems.add(reason);
        log.accept("WARNING: " + name + ": " + reason);
    }
}
