package io.jenkins.plugins.provenbackup.engine.recovery;

import io.jenkins.plugins.provenbackup.engine.Cancellation;
import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Restores a whole snapshot for real, compares what is on the disk with the catalog, runs the user's checks in it, and keeps the
 * result at the destinations. The time of the restore alone is the measured recovery time. For one thread, whose interrupt
 * cancels it; then nothing is recorded. The scratch directory is deleted whatever happens.
 */
public final class RecoveryTest {

    private final RecoveryTestRequest request;
    private final ProgressListener progress;
    private final Clock clock;
    private final List<CheckResult> checks = new ArrayList<>();

    private RecoveryTest(RecoveryTestRequest request, ProgressListener progress, Clock clock) {
        this.request = request;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * Runs a test. What is wrong with the backup is in the result, not an exception.
     *
     * @throws IOException when the test itself could not be made: no scratch directory, or too little room in it
     * @throws InterruptedException when the thread was interrupted
     */
    public static RecoveryTestResult run(RecoveryTestRequest request, ProgressListener progress, Clock clock)
            throws IOException, InterruptedException {
        return Cancellation.told(() -> new RecoveryTest(request, progress, clock).run());
    }

    private RecoveryTestResult run() throws IOException, InterruptedException {
        Scratch scratch = Scratch.in(request.scratch());
        Optional<String> leftover = Optional.empty();
        Proof proof;
        try {
            Path tree = scratch.tree();
            proof = ProveRestore.run(
                    new ProofRequest(request.manifest(), request.key(), request.streamKeys(), request.from()),
                    tree,
                    progress,
                    clock);
            if (proof.outcome() == Proof.Outcome.RESTORED) {
                for (RecoveryCheck check : request.checks()) {
                    check(check, tree);
                }
            }
        } finally {
            progress.phase(ProgressListener.Phase.CLEANING);
            leftover = scratch.delete();
            leftover.ifPresent(progress::notice);
        }
        return RecordTest.run(
                request.manifest(), request.key(), request.recordAt(), request.by(), proof, checks, leftover);
    }

    private void check(RecoveryCheck check, Path tree) throws InterruptedException {
        long begin = System.nanoTime();
        Optional<String> problem;
        try {
            problem = check.run(tree);
        } catch (IOException e) {
            problem = Optional.of(e.getMessage());
        }
        checks.add(new CheckResult(check.name(), problem, Duration.ofNanos(System.nanoTime() - begin)));
    }
}
