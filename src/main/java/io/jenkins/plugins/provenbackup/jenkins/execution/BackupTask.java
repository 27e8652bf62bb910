package io.jenkins.plugins.provenbackup.jenkins.execution;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.provenbackup.engine.Amounts;
import io.jenkins.plugins.provenbackup.engine.backup.BackupRequest;
import io.jenkins.plugins.provenbackup.engine.catalog.ChangeRule;
import io.jenkins.plugins.provenbackup.engine.policy.Elapsed;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.jenkins.access.Granted;
import io.jenkins.plugins.provenbackup.jenkins.access.JobAccess;
import io.jenkins.plugins.provenbackup.jenkins.access.SourceNames;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicySource;
import io.jenkins.plugins.provenbackup.jenkins.results.BackupReport;
import io.jenkins.plugins.provenbackup.jenkins.results.ReportSubject;
import io.jenkins.plugins.provenbackup.jenkins.secrets.ControllerKeys;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The backups that one step, builder or schedule asks for, on the controller: checks what may be done when it is made, then sends orders to where
 * the data is. For one thread, whose interrupt cancels it.
 */
public final class BackupTask {

    private final String by;
    private final TaskListener listener;
    private final BackupParameters wish;
    private final Optional<BackupPolicy> policy;
    private final ChosenDestinations destinations;
    private final List<ChosenSource> sources;
    private final BackupOrder.Options options;

    private BackupTask(
            String by,
            TaskListener listener,
            BackupParameters wish,
            Optional<BackupPolicy> policy,
            ChosenDestinations destinations,
            List<ChosenSource> sources)
            throws AbortException {
        this.by = by;
        this.listener = listener;
        this.wish = wish;
        this.policy = policy;
        this.destinations = destinations;
        this.sources = sources;
        this.options = options();
    }

    /**
     * Prepares a task, as the one that the calling thread acts for.
     *
     * @throws AbortException when what is asked for is not allowed or makes no sense; the message says what to do
     */
    public static BackupTask of(Run<?, ?> run, TaskListener listener, BackupParameters wish) throws AbortException {
        JobAccess access = JobAccess.of(run);
        Optional<BackupPolicy> policy = PolicyChoice.of(wish.policy, access, Granted.Purpose.BACK_UP);
        ChosenDestinations.Wish places = new ChosenDestinations.Wish();
        places.policy = policy;
        places.names = Lines.of(wish.destinations);
        places.credentialsId = wish.credentialsId;
        places.keys = wish.keys;
        List<ChosenSource> sources = SourceChoice.of(run, access, wish, policy);
        ChosenDestinations destinations = ChosenDestinations.of(run, access, places);
        if (!destinations.areConfigured() && sources.stream().anyMatch(source -> SourceNames.isHome(source.name()))) {
            throw new AbortException("A JENKINS_HOME goes to configured destinations only: leave out the URIs.");
        }
        return new BackupTask(run.getExternalizableId(), listener, wish, policy, destinations, sources);
    }

    /**
     * Prepares what a policy does by itself, as the system: the backup of one of its sources that the controller reads.
     *
     * @param by which run of the policy, for the snapshot's tags
     * @throws AbortException when it makes no sense; the message says what to do
     */
    public static BackupTask ofPolicy(BackupPolicy policy, PolicySource source, String by, TaskListener listener)
            throws AbortException {
        BackupParameters wish = new BackupParameters();
        wish.policy = policy.getName();
        return ofPolicy(policy, new SourceReaders(wish).of(policy, source), wish, by, listener);
    }

    /**
     * Prepares a recovery point of what people configure, by a policy that protects it while they do.
     *
     * @param since id of the snapshot over which only what was noted is looked at; empty for a look at everything
     * @param noted paths that may have changed
     * @throws AbortException when it makes no sense; the message says what to do
     */
    public static BackupTask ofConfiguration(
            BackupPolicy policy, String since, List<String> noted, TaskListener listener) throws AbortException {
        BackupParameters wish = new BackupParameters();
        wish.policy = policy.getName();
        wish.type = SnapshotKind.INCREMENTAL.name();
        ChosenSource source = ChosenSource.of(SourceNames.ofConfiguration(policy.getName()), (ChosenSource.OnController)
                () -> new ConfigurationFiles(since, noted));
        return ofPolicy(policy, source, wish, "continuous:" + policy.getName(), listener);
    }

    private static BackupTask ofPolicy(
            BackupPolicy policy, ChosenSource source, BackupParameters wish, String by, TaskListener listener)
            throws AbortException {
        return new BackupTask(
                by, listener, wish, Optional.of(policy), ChosenDestinations.ofPolicy(policy), List.of(source));
    }

    /** How many snapshots it makes. */
    public int count() {
        return sources.size();
    }

    /** Whether any of them is made in a workspace. */
    public boolean isInWorkspace() {
        return sources.stream().anyMatch(ChosenSource::isInWorkspace);
    }

    /**
     * Makes one of the snapshots.
     *
     * @param number 0 and up to {@link #count}
     * @param runId random, the same for every attempt at the same run
     * @param attempt whether an earlier one may have got as far as the snapshot
     * @param places finds the workspace, if the source needs one
     */
    public BackupReport make(int number, String runId, Attempt attempt, Place.Finder places)
            throws IOException, InterruptedException {
        ChosenSource source = sources.get(number);
        String attemptId = runId + "-" + number;
        if (source.reader() instanceof ChosenSource.InWorkspace reader) {
            Place place = places.find();
            return make(source, reader.at(place), place.channel(), attemptId, attempt);
        }
        ReadableSource readable = ((ChosenSource.OnController) source.reader()).open();
        return make(source, readable, FilePath.localChannel, attemptId, attempt);
    }

    private BackupReport make(
            ChosenSource source, ReadableSource readable, VirtualChannel channel, String runId, Attempt attempt)
            throws IOException, InterruptedException {
        ReportSubject subject = new ReportSubject(wish.policy, source.name(), destinations.names());
        BackupOrder order = new BackupOrder(readable, subject, attempt, runId, options);
        BuildLog log = new BuildLog(listener);
        log.line((attempt == Attempt.RESUMED ? "going on with the backup of " : "backing up ") + source.name() + " to "
                + String.join(", ", destinations.names().values()));
        try (ControllerKeys keys = ControllerKeys.open(destinations.keys());
                RunSecrets secrets = RunSecrets.of(keys, source.name(), destinations.access())) {
            ControllerMemory memory = ControllerMemory.of(keys.backupKey().repositoryId());
            memory.requireCurrent(keys.backupKey());
            BackupReport report =
                    Dispatch.run(channel, new BackupCall(order, secrets, PluginVersion.number(), log), log);
            memory.remember(source.name(), report, keys, log);
            ReportLines.of(report).forEach(log::line);
            return report;
        }
    }

    private BackupOrder.Options options() throws AbortException {
        BackupOrder.Options chosen = new BackupOrder.Options();
        try {
            if (policy.isPresent()) {
                chosen.kind = policy.get().snapshotKind();
                String every = policy.get().getFullEvery();
                chosen.fullEvery = every.isEmpty() ? Optional.empty() : Optional.of(Elapsed.parse(every));
            }
            if (!wish.type.isEmpty()) {
                chosen.kind = kind(wish.type);
                chosen.fullEvery = Optional.empty();
            }
            for (Map.Entry<String, String> tag : Lines.pairs(wish.tags).entrySet()) {
                if (BackupOrder.isReserved(tag)) {
                    throw new AbortException("The tag '" + tag.getKey() + "' is set by Jenkins: choose another name.");
                }
                chosen.tags.put(tag.getKey(), tag.getValue());
            }
            chosen.uploadRate = wish.limitUpload.isEmpty() ? 0 : Amounts.rate(wish.limitUpload);
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
        chosen.tags.put(BackupOrder.BUILD_TAG, by);
        if (wish.ignoreInode) {
            chosen.ignored.add(ChangeRule.Ignored.INODE);
        }
        if (wish.ignoreCtime) {
            chosen.ignored.add(ChangeRule.Ignored.CTIME);
        }
        chosen.minCopies = minCopies();
        chosen.mode = wish.dryRun ? BackupRequest.Mode.DRY_RUN : BackupRequest.Mode.WRITE;
        if (wish.catchUp >= 0) {
            chosen.catchUp = Duration.ofMinutes(wish.catchUp);
        }
        return chosen;
    }

    private int minCopies() throws AbortException {
        int given = destinations.count();
        if (wish.minCopies < 0 || wish.minCopies > given) {
            throw new AbortException("minCopies is 1 to the number of destinations, which is " + given + ".");
        }
        if (wish.minCopies > 0) {
            return wish.minCopies;
        }
        int ofPolicy = policy.map(BackupPolicy::getMinCopies).orElse(0);
        return ofPolicy == 0 ? given : Math.min(ofPolicy, given);
    }

    /**
     * The kind that a word means.
     *
     * @throws IllegalArgumentException when it is none, in words for the user
     */
    static SnapshotKind kind(String word) {
        try {
            return SnapshotKind.valueOf(word.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + word + "' is no type: use incremental, differential or full.", e);
        }
    }
}
