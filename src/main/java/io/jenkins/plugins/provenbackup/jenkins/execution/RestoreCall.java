package io.jenkins.plugins.provenbackup.jenkins.execution;

import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.restore.Restore;
import io.jenkins.plugins.provenbackup.engine.restore.RestoreRequest;
import io.jenkins.plugins.provenbackup.engine.restore.RestoreResult;
import io.jenkins.plugins.provenbackup.engine.transfer.StreamKeys;
import io.jenkins.plugins.provenbackup.jenkins.results.RestoreReport;
import java.io.IOException;
import java.util.Optional;

/** Restores into a workspace. */
final class RestoreCall extends ReadingCall<RestoreReport> {

    private static final long serialVersionUID = 1L;

    private final RestoreOrder order;
    private final String runId;

    /**
     * States it.
     *
     * @param runId random, the same for every attempt
     */
    RestoreCall(RestoreOrder order, String runId, RunSecrets secrets, StreamKeySource streams, ProgressSink sink) {
        super(secrets, streams, sink);
        this.order = order;
        this.runId = runId;
    }

    @Override
    Optional<Long> downloadRate() {
        return order.downloadRate();
    }

    @Override
    @SuppressWarnings("try") // held until it is closed
    RestoreReport read(Destinations destinations, SourceKey key, StreamKeys streamKeys, ProgressLines progress)
            throws IOException, InterruptedException {
        try (RunLock lock = RunLock.take(runId)) {
            return restore(destinations, key, streamKeys, progress);
        }
    }

    private RestoreReport restore(
            Destinations destinations, SourceKey key, StreamKeys streamKeys, ProgressLines progress)
            throws IOException, InterruptedException {
        RestoreResult result = Restore.run(
                new RestoreRequest(
                        order.snapshot().read(destinations.reached(), key),
                        key,
                        streamKeys,
                        destinations.reached(),
                        order.workspace().target(order.target()),
                        order.includes(),
                        order.overwrite(),
                        order.ownership(),
                        order.unlisted(),
                        order.kind() == RestoreReport.Kind.DRY_RUN
                                ? RestoreRequest.Mode.DRY_RUN
                                : RestoreRequest.Mode.WRITE),
                progress);
        return RestoreReport.of(
                order.subject(),
                result,
                order.kind(),
                order.target(),
                destinations.reached().stream().map(Replica::location).toList(),
                progress.times());
    }
}
