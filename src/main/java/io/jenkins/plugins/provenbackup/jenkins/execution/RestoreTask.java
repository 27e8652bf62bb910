package io.jenkins.plugins.provenbackup.jenkins.execution;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.provenbackup.engine.Amounts;
import io.jenkins.plugins.provenbackup.engine.target.Overwrite;
import io.jenkins.plugins.provenbackup.engine.target.Ownership;
import io.jenkins.plugins.provenbackup.engine.target.Unlisted;
import io.jenkins.plugins.provenbackup.jenkins.results.ReportSubject;
import io.jenkins.plugins.provenbackup.jenkins.results.RestoreReport;
import io.jenkins.plugins.provenbackup.jenkins.secrets.ControllerKeys;
import java.io.IOException;
import java.util.Locale;

/**
 * The restore that a step or builder asks for, on the controller: checks what may be done when it is made, then sends an order to where
 * the workspace is. For one thread, whose interrupt cancels it.
 */
public final class RestoreTask {

    private final TaskListener listener;
    private final RestoreParameters wish;
    private final ReadableSnapshots snapshots;
    private final RestoreOrder.Options options;

    private RestoreTask(TaskListener listener, RestoreParameters wish, ReadableSnapshots snapshots)
            throws AbortException {
        this.listener = listener;
        this.wish = wish;
        this.snapshots = snapshots;
        this.options = options(wish);
    }

    /**
     * Prepares a task, as the one that the calling thread acts for.
     *
     * @throws AbortException when what is asked for is not allowed or makes no sense; the message says what to do
     */
    public static RestoreTask of(Run<?, ?> run, TaskListener listener, RestoreParameters wish) throws AbortException {
        ReadableSnapshots snapshots = ReadableSnapshots.of(run, wish);
        if (snapshots.isHome()) {
            throw new AbortException(
                    "A JENKINS_HOME is not restored into a workspace, where every build could read its secrets."
                            + " Restore it with the command line, as the runbook says; verifyRestore tests it.");
        }
        return new RestoreTask(listener, wish, snapshots);
    }

    /**
     * Restores.
     *
     * @param runId random, the same for every attempt
     */
    public RestoreReport restore(String runId, Place.Finder places) throws IOException, InterruptedException {
        Place place = places.find();
        BuildLog log = new BuildLog(listener);
        log.line("restoring " + snapshots.source() + " from "
                + String.join(", ", snapshots.destinations().names().values()));
        ChosenDestinations destinations = snapshots.destinations();
        try (ControllerKeys keys = ControllerKeys.open(destinations.keys());
                ChosenSnapshot chosen = ChosenSnapshot.of(
                        keys, destinations, snapshots.source(), wish.snapshot, snapshots.minCopies(), log);
                RunSecrets secrets = RunSecrets.of(keys, snapshots.source(), destinations.access())) {
            RestoreOrder order = new RestoreOrder(
                    chosen.place(),
                    new ReportSubject(wish.policy, snapshots.source(), destinations.names()),
                    place.root(),
                    wish.to.isEmpty() ? "." : wish.to,
                    options);
            RestoreReport report =
                    Dispatch.run(place.channel(), new RestoreCall(order, runId, secrets, chosen.streams(), log), log);
            ReportLines.of(report).forEach(log::line);
            return report;
        }
    }

    private static RestoreOrder.Options options(RestoreParameters wish) throws AbortException {
        RestoreOrder.Options options = new RestoreOrder.Options();
        options.includes = Lines.of(wish.includes);
        RestoreOrder.patterns(options.includes);
        options.ownership = wish.noOwner ? Ownership.IGNORE : Ownership.RESTORE;
        options.unlisted = wish.delete ? Unlisted.DELETE : Unlisted.KEEP;
        options.kind = wish.dryRun ? RestoreReport.Kind.DRY_RUN : RestoreReport.Kind.WRITTEN;
        try {
            if (!wish.overwrite.isEmpty()) {
                options.overwrite = overwrite(wish.overwrite);
            }
            options.downloadRate = wish.limitDownload.isEmpty() ? 0 : Amounts.rate(wish.limitDownload);
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
        return options;
    }

    /**
     * What a word means.
     *
     * @throws IllegalArgumentException when it means nothing, in words for the user
     */
    static Overwrite overwrite(String word) {
        try {
            return Overwrite.valueOf(word.strip().toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("overwrite is never, if-changed or always, not '" + word + "'.", e);
        }
    }
}
