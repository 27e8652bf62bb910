package io.jenkins.plugins.provenbackup.jenkins.execution;

import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.recovery.Proof;
import io.jenkins.plugins.provenbackup.engine.recovery.ProofRequest;
import io.jenkins.plugins.provenbackup.engine.recovery.ProveRestore;
import io.jenkins.plugins.provenbackup.engine.recovery.Scratch;
import io.jenkins.plugins.provenbackup.engine.transfer.StreamKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Restores a whole snapshot into a scratch directory and compares it; the tree stays unless that fails or is cancelled. */
final class ProofCall extends ReadingCall<RestoredTree> {

    private static final long serialVersionUID = 1L;

    private final SnapshotPlace snapshot;
    private final String runId;
    private final String scratch;
    private final long downloadRate;

    /**
     * States it.
     *
     * @param runId random, the same for every attempt
     * @param scratch the directory that is made, of a name that nothing else has
     * @param downloadRate bytes per second; 0 for no limit
     */
    ProofCall(
            SnapshotPlace snapshot,
            String runId,
            String scratch,
            long downloadRate,
            RunSecrets secrets,
            StreamKeySource streams,
            ProgressSink sink) {
        super(secrets, streams, sink);
        this.snapshot = snapshot;
        this.runId = runId;
        this.scratch = scratch;
        this.downloadRate = downloadRate;
    }

    @Override
    Optional<Long> downloadRate() {
        return downloadRate > 0 ? Optional.of(downloadRate) : Optional.empty();
    }

    @Override
    @SuppressWarnings("try") // held until it is closed
    RestoredTree read(Destinations destinations, SourceKey key, StreamKeys streamKeys, ProgressLines progress)
            throws IOException, InterruptedException {
        try (RunLock lock = RunLock.take(runId)) {
            return prove(destinations, key, streamKeys, progress);
        }
    }

    private RestoredTree prove(Destinations destinations, SourceKey key, StreamKeys streamKeys, ProgressLines progress)
            throws IOException, InterruptedException {
        ScratchRemoval.delete(scratch).ifPresent(progress::notice);
        Scratch room = Scratch.make(Path.of(scratch));
        boolean isKept = false;
        try {
            Proof proof = ProveRestore.run(
                    new ProofRequest(
                            snapshot.read(destinations.reached(), key), key, streamKeys, destinations.reached()),
                    room.tree(),
                    progress,
                    Clock.systemUTC());
            isKept = true;
            return new RestoredTree(scratch, proof, progress.times());
        } finally {
            if (!isKept) {
                room.delete().ifPresent(progress::notice);
            }
        }
    }
}
