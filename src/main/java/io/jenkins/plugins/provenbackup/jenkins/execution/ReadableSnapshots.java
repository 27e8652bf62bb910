package io.jenkins.plugins.provenbackup.jenkins.execution;

import hudson.AbortException;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.jenkins.access.Granted;
import io.jenkins.plugins.provenbackup.jenkins.access.JobAccess;
import io.jenkins.plugins.provenbackup.jenkins.access.SourceNames;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.JenkinsHomeSource;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicySource;
import java.util.List;
import java.util.Optional;

/** The one source whose snapshots a build may read and means, and where they are. */
final class ReadableSnapshots {

    private final Optional<BackupPolicy> policy;
    private final String source;
    private final boolean isHome;
    private final ChosenDestinations destinations;
    private final ChosenDestinations everywhere;

    private ReadableSnapshots(
            Optional<BackupPolicy> policy,
            String source,
            boolean isHome,
            ChosenDestinations destinations,
            ChosenDestinations everywhere) {
        this.policy = policy;
        this.source = source;
        this.isHome = isHome;
        this.destinations = destinations;
        this.everywhere = everywhere;
    }

    /**
     * Looks it up, as the one that the calling thread acts for.
     *
     * @throws AbortException when what is asked for is not allowed or makes no sense; the message says what to do
     */
    static ReadableSnapshots of(Run<?, ?> run, RestoreParameters wish) throws AbortException {
        JobAccess access = JobAccess.of(run);
        Optional<BackupPolicy> policy = PolicyChoice.of(wish.policy, access, Granted.Purpose.RESTORE);
        ChosenDestinations.Wish places = new ChosenDestinations.Wish();
        places.purpose = Granted.Purpose.RESTORE;
        places.policy = policy;
        places.names = Lines.of(wish.from);
        places.credentialsId = wish.credentialsId;
        places.keys = wish.keys;
        if (policy.isEmpty() && places.names.isEmpty()) {
            throw new AbortException("Say where from: give from: 'DESTINATION', or the policy that made the snapshot.");
        }
        ChosenDestinations destinations = ChosenDestinations.of(run, access, places);
        ChosenDestinations everywhere = destinations;
        if (policy.isPresent() && !places.names.isEmpty()) {
            places.names = List.of();
            everywhere = ChosenDestinations.of(run, access, places);
        }
        Optional<PolicySource> named = ofPolicy(policy, wish);
        return new ReadableSnapshots(
                policy,
                named.isPresent() ? named.get().sourceName(policy.orElseThrow()) : ofJob(access.job(), wish),
                named.filter(JenkinsHomeSource.class::isInstance).isPresent(),
                destinations,
                everywhere);
    }

    /**
     * All destinations of a policy, and one of its sources.
     *
     * @throws AbortException when they make no sense; the message says what to do
     */
    static ReadableSnapshots ofPolicy(BackupPolicy policy, PolicySource source) throws AbortException {
        ChosenDestinations destinations = ChosenDestinations.ofPolicy(policy);
        return new ReadableSnapshots(
                Optional.of(policy),
                source.sourceName(policy),
                source instanceof JenkinsHomeSource,
                destinations,
                destinations);
    }

    /**
     * One destination of a policy to read from, and one of its sources, for a recovery drill; results are kept at all destinations.
     *
     * @throws AbortException when they make no sense; the message says what to do
     */
    static ReadableSnapshots ofDrill(BackupPolicy policy, PolicySource source, String destination)
            throws AbortException {
        ChosenDestinations everywhere = ChosenDestinations.ofPolicy(policy);
        return new ReadableSnapshots(
                Optional.of(policy),
                source.sourceName(policy),
                source instanceof JenkinsHomeSource,
                everywhere.only(destination),
                everywhere);
    }

    private static Optional<PolicySource> ofPolicy(Optional<BackupPolicy> policy, RestoreParameters wish)
            throws AbortException {
        if (policy.isEmpty() || !wish.name.isEmpty() || !wish.location.isEmpty()) {
            return Optional.empty();
        }
        List<PolicySource> sources = policy.get().getSources();
        if (!wish.source.isEmpty()) {
            return sources.stream()
                    .filter(one -> one.getName().equals(wish.source))
                    .findFirst();
        }
        if (sources.size() > 1) {
            throw new AbortException(
                    "The policy '" + policy.get().getName() + "' has several sources; say which: source: '"
                            + String.join(
                                    "' or '",
                                    sources.stream().map(PolicySource::getName).toList())
                            + "'.");
        }
        return sources.stream().findFirst();
    }

    private static String ofJob(Job<?, ?> job, RestoreParameters wish) throws AbortException {
        int given = (wish.source.isEmpty() ? 0 : 1) + (wish.name.isEmpty() ? 0 : 1) + (wish.location.isEmpty() ? 0 : 1);
        if (given > 1) {
            throw new AbortException(
                    "Give one of source (a path), name (of a command's output) and location, not several.");
        }
        if (!wish.location.isEmpty()) {
            try {
                return SourceNames.ofLocation(
                        job, StorageLocation.parse(wish.location).toString());
            } catch (StorageException e) {
                throw new AbortException(e.getMessage());
            }
        }
        return wish.name.isEmpty() ? SourceNames.ofPath(job, wish.source) : SourceNames.ofCommand(job, wish.name);
    }

    Optional<BackupPolicy> policy() {
        return policy;
    }

    /** The name that its snapshots carry. */
    String source() {
        return source;
    }

    /** Whether it is a JENKINS_HOME, which is only restored on the controller. */
    boolean isHome() {
        return isHome;
    }

    /** Where to read. */
    ChosenDestinations destinations() {
        return destinations;
    }

    /** Where results are kept. */
    ChosenDestinations everywhere() {
        return everywhere;
    }

    /** How many destinations must have a snapshot before it counts. */
    int minCopies() {
        int asked = policy.map(BackupPolicy::getMinCopies).orElse(0);
        int all = everywhere.count();
        return asked == 0 ? all : Math.min(asked, all);
    }
}
