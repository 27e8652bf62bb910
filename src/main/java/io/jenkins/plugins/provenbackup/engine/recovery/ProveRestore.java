package io.jenkins.plugins.provenbackup.engine.recovery;

import io.jenkins.plugins.provenbackup.engine.Cancellation;
import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.SnapshotReading;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.restore.Restore;
import io.jenkins.plugins.provenbackup.engine.restore.RestoreRequest;
import io.jenkins.plugins.provenbackup.engine.restore.RestoreResult;
import io.jenkins.plugins.provenbackup.engine.target.Overwrite;
import io.jenkins.plugins.provenbackup.engine.target.Ownership;
import io.jenkins.plugins.provenbackup.engine.target.TargetFullException;
import io.jenkins.plugins.provenbackup.engine.target.Unlisted;
import io.jenkins.plugins.provenbackup.engine.transfer.BlockLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The first half of a recovery test: restores a whole snapshot for real and compares what is on the disk with the catalog. The
 * tree stays, for whoever wants to try it. For one thread, whose interrupt cancels it.
 */
public final class ProveRestore {

    private final ProofRequest request;
    private final ProgressListener progress;
    private final Findings findings = new Findings();
    private Optional<RestoreResult> restored = Optional.empty();
    private Duration restore = Duration.ZERO;
    private Duration comparison = Duration.ZERO;

    private ProveRestore(ProofRequest request, ProgressListener progress) {
        this.request = request;
        this.progress = progress;
    }

    /**
     * Restores and compares. What is wrong with the backup is in the result, not an exception.
     *
     * @param tree a directory that is made
     * @throws IOException when too little room was left to restore
     * @throws InterruptedException when the thread was interrupted
     */
    public static Proof run(ProofRequest request, Path tree, ProgressListener progress, Clock clock)
            throws IOException, InterruptedException {
        return Cancellation.told(() -> new ProveRestore(request, progress).run(tree, clock.instant()));
    }

    private Proof run(Path tree, Instant start) throws IOException, InterruptedException {
        prove(tree);
        return new Proof(
                restored.isPresent() ? Proof.Outcome.RESTORED : Proof.Outcome.FAILED,
                request.manifest().id(),
                start,
                request.from().stream().map(Replica::location).toList(),
                restored.map(one -> one.files() + one.hardLinks()).orElse(0L),
                restored.map(RestoreResult::bytes).orElse(0L),
                restore,
                comparison,
                findings.count(),
                findings.kept(),
                restored.map(RestoreResult::limitations).orElse(Map.of()),
                restored.map(RestoreResult::failovers).orElse(List.of()));
    }

    private void prove(Path tree) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        try {
            RestoreResult result = restore(tree);
            restored = Optional.of(result);
            restore = result.duration();
            result.failureTexts().forEach(findings::add);
            if (result.failureCount() > result.failures().size()) {
                findings.add(
                        "and more", result.failureCount() - result.failures().size());
            }
        } catch (TargetFullException e) {
            throw e;
        } catch (IOException e) {
            restore = Duration.ofNanos(System.nanoTime() - begin);
            findings.add("the restore failed: " + e.getMessage());
            return;
        }
        if (findings.count() == 0) {
            try {
                compare(tree);
            } catch (IOException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                findings.add("what was restored cannot be compared: " + e.getMessage());
            }
        }
    }

    private RestoreResult restore(Path tree) throws IOException, InterruptedException {
        return Restore.run(
                new RestoreRequest(
                        request.manifest(),
                        request.key(),
                        request.streamKeys(),
                        request.from(),
                        tree,
                        Optional.empty(),
                        Overwrite.ALWAYS,
                        Ownership.RESTORE,
                        Unlisted.KEEP,
                        RestoreRequest.Mode.WRITE),
                progress);
    }

    private void compare(Path tree) throws IOException, InterruptedException {
        progress.phase(ProgressListener.Phase.CHECKING);
        Manifest manifest = request.manifest();
        var totals = manifest.totals();
        progress.expect(totals.files() + totals.directories() + totals.symlinks(), totals.bytes());
        long begin = System.nanoTime();
        try (SnapshotReading reading = new SnapshotReading(
                manifest,
                request.key(),
                request.streamKeys(),
                request.from(),
                BlockLoader.Access.SINGLE,
                (replica, archive, reason) -> {})) {
            new TreeComparison(tree, reading.catalog(), request.key().chunkIdHash(manifest.epoch()), findings, progress)
                    .run();
        }
        comparison = Duration.ofNanos(System.nanoTime() - begin);
    }
}
