package io.jenkins.plugins.provenbackup.engine.recovery;

import io.jenkins.plugins.provenbackup.engine.Cancellation;
import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.SnapshotReading;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.TestRecord;
import io.jenkins.plugins.provenbackup.engine.repository.TestRecords;
import io.jenkins.plugins.provenbackup.engine.restore.Restore;
import io.jenkins.plugins.provenbackup.engine.restore.RestoreRequest;
import io.jenkins.plugins.provenbackup.engine.restore.RestoreResult;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final Findings findings = new Findings();
    private final List<TestRecord.Check> checks = new ArrayList<>();
    private Optional<RestoreResult> restored = Optional.empty();
    private Duration restore = Duration.ZERO;
    private Duration comparison = Duration.ZERO;

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
        Instant start = clock.instant();
        Scratch scratch = Scratch.in(request.scratch());
        Optional<String> leftover = Optional.empty();
        try {
            prove(scratch.directory().resolve("tree"));
        } finally {
            progress.phase(ProgressListener.Phase.CLEANING);
            leftover = scratch.delete();
            leftover.ifPresent(progress::notice);
        }
        return record(start, leftover);
    }

    private void prove(Path tree) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        try {
            RestoreResult result = restore(tree);
            restored = Optional.of(result);
            restore = result.duration();
            result.failures().forEach(findings::add);
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
        for (RecoveryCheck check : request.checks()) {
            check(check, tree);
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

    private void check(RecoveryCheck check, Path tree) throws InterruptedException {
        long begin = System.nanoTime();
        Optional<String> problem;
        try {
            problem = check.run(tree);
        } catch (IOException e) {
            problem = Optional.of(e.getMessage());
        }
        problem.ifPresent(text -> findings.add("check '" + check.name() + "': " + text));
        checks.add(new TestRecord.Check(
                check.name(),
                problem.isEmpty() ? TestRecord.Outcome.PASSED : TestRecord.Outcome.FAILED,
                Duration.ofNanos(System.nanoTime() - begin)));
    }

    private RecoveryTestResult record(Instant start, Optional<String> leftover) throws IOException {
        TestRecord record = new TestRecord(
                request.manifest().id(),
                start,
                request.by(),
                request.from().stream().map(Replica::location).toList(),
                restored.map(one -> one.files() + one.hardLinks()).orElse(0L),
                restored.map(RestoreResult::bytes).orElse(0L),
                restore,
                comparison,
                checks,
                findings.count(),
                findings.kept());
        TestRecords.Sealed sealed = TestRecords.seal(request.manifest(), record, request.key());
        List<String> recorded = new ArrayList<>();
        Map<String, String> unrecorded = new LinkedHashMap<>();
        for (Replica replica : request.recordAt()) {
            try {
                new TestRecords(replica).put(sealed);
                recorded.add(replica.location());
            } catch (StorageException e) {
                unrecorded.put(replica.location(), e.getMessage());
            }
        }
        return new RecoveryTestResult(
                record,
                recorded,
                unrecorded,
                restored.map(RestoreResult::limitations).orElse(Map.of()),
                restored.map(RestoreResult::failovers).orElse(List.of()),
                leftover);
    }
}
