package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.OpenDestinations;
import io.jenkins.plugins.provenbackup.engine.OpenRequest;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.compliance.Observe;
import io.jenkins.plugins.provenbackup.engine.compliance.PolicyDestinations;
import io.jenkins.plugins.provenbackup.engine.compliance.Unanswered;
import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation;
import io.jenkins.plugins.provenbackup.engine.policy.Compliance;
import io.jenkins.plugins.provenbackup.engine.policy.Control;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.engine.repository.RepositoryMemory;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectMemory;
import io.jenkins.plugins.provenbackup.jenkins.access.SourceNames;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicyDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.secrets.ControllerKeys;
import io.jenkins.plugins.provenbackup.jenkins.secrets.DestinationAccess;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One look at the destinations of a policy, with the rights of the system. For one thread. */
final class PolicyLook {

    private static final long MOST_MEMORY =
            Math.min(128L << 20, Runtime.getRuntime().maxMemory() / 32);

    /** Of all looks: what one has read, the next need not. */
    private static final ObjectMemory MEMORY = RepositoryMemory.create(MOST_MEMORY, Clock.systemUTC());

    private final BackupPolicy configured;
    private final Standing before;
    private final Clock clock;

    PolicyLook(BackupPolicy configured, Standing before, Clock clock) {
        this.configured = configured;
        this.before = before;
        this.clock = clock;
    }

    /**
     * Looks. Destinations that do not answer are part of what is found.
     *
     * @throws IOException when nobody can tell: no keys, several repositories, something unreadable
     * @throws IllegalArgumentException when the policy is not complete, in words for the user
     */
    Observation run() throws IOException, InterruptedException {
        ProvenBackupConfiguration configuration = ProvenBackupConfiguration.get();
        Policy policy = configuration.toPolicy(configured);
        List<String> names = configured.getDestinations().stream()
                .map(PolicyDestination::getName)
                .toList();
        List<DestinationAccess> access = new ArrayList<>();
        try (ControllerKeys keys = ControllerKeys.open(configuration.keysOf(names))) {
            for (String name : names) {
                access.add(DestinationAccess.forWriting(
                        configuration.destination(name).orElseThrow()));
            }
            OpenRequest request = DestinationAccess.open(access);
            try {
                return withJobs(look(policy, request, keys));
            } finally {
                DestinationAccess.wipe(request);
            }
        } finally {
            access.forEach(DestinationAccess::close);
        }
    }

    private Observation look(Policy policy, OpenRequest request, ControllerKeys keys)
            throws IOException, InterruptedException {
        Destinations opened;
        try {
            opened = OpenDestinations.runForCheck(request).through(MEMORY);
        } catch (RefusedException e) {
            throw e;
        } catch (IOException e) {
            return Unanswered.observation(policy, e.getMessage(), before.state().last(), clock.instant());
        }
        try (Destinations all = opened;
                Destinations trusted = all.trusted(keys.backupKey())) {
            return Observe.run(
                    policy,
                    PolicyDestinations.of(policy, trusted),
                    keys.backupKey(),
                    elsewhere(policy)::contains,
                    before.state().memory().seen(),
                    clock.instant());
        }
    }

    private Observation withJobs(Observation seen) {
        List<Control> controls = new ArrayList<>(seen.controls());
        JobDrift.of(configured).ifPresent(controls::add);
        return new Observation(
                new Compliance(seen.policy(), seen.time(), controls),
                seen.sources(),
                seen.destinations(),
                seen.problems());
    }

    /** Sources of other policies, of jobs that name their own destinations, and what continuous protection keeps for any policy. */
    private static Elsewhere elsewhere(Policy policy) {
        Set<String> names = new HashSet<>();
        ProvenBackupConfiguration configuration = ProvenBackupConfiguration.get();
        for (BackupPolicy other : configuration.getPolicies()) {
            if (other.hasJenkinsHome()) {
                names.add(SourceNames.ofConfiguration(other.getName()));
            }
            if (!other.getName().equals(policy.name())) {
                try {
                    configuration.toPolicy(other).sources().forEach(source -> names.add(source.name()));
                } catch (IllegalArgumentException e) {
                    // It is told of where that policy is looked at.
                }
            }
        }
        return new Elsewhere(names);
    }

    private record Elsewhere(Set<String> names) {
        boolean contains(String source) {
            return names.contains(source) || SourceNames.isOfJob(source);
        }
    }
}
