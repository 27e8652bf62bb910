package io.jenkins.plugins.provenbackup.engine.backup;

import io.jenkins.plugins.provenbackup.engine.Cancellation;
import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.archive.Codec;
import io.jenkins.plugins.provenbackup.engine.archive.SpoolPool;
import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.crypto.UnknownEpochException;
import io.jenkins.plugins.provenbackup.engine.repository.EpochDocuments;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.RunId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.repository.Totals;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Backs up a source: reads it once, stores what is new at all destinations at once, and makes the snapshot exist only when
 * everything in it is there. A destination that lies in the source is left out of it. Each run is one instance, for one thread;
 * the interrupt of that thread cancels it.
 */
public final class Backup {

    /** Attempts, when a prune takes away archives while the backup runs. */
    private static final int ATTEMPTS = 3;

    private final BackupRequest request;
    private final BackupTuning tuning;
    private final ProgressListener progress;
    private final Clock clock;
    private final Set<String> unusable = new HashSet<>();

    private Backup(BackupRequest request, BackupTuning tuning, ProgressListener progress, Clock clock) {
        this.request = request;
        this.tuning = tuning;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * Runs a backup.
     *
     * @throws IOException when there is no new snapshot at any destination; what was stored serves the next run
     * @throws InterruptedException when the thread was interrupted, with the same consequence
     */
    public static BackupResult run(BackupRequest request, BackupTuning tuning, ProgressListener progress, Clock clock)
            throws IOException, InterruptedException {
        return Cancellation.told(() -> new Backup(request.withoutItself(), tuning, progress, clock).run());
    }

    private BackupResult run() throws IOException, InterruptedException {
        Instant start = clock.instant();
        long startNanos = System.nanoTime();
        try (SpoolPool spool = SpoolPool.of(tuning.blocks(), tuning.spool());
                Codec codec = new Codec(
                        Codec.DEFAULT_LEVEL,
                        reason -> progress.notice("The native zstd library cannot be loaded here ("
                                + reason.getMessage() + "); the slower Java one is used."))) {
            int attempt = 1;
            while (true) {
                try {
                    return attempt(start, startNanos, spool, codec);
                } catch (UnusableParentException e) {
                    if (!unusable.add(e.parent())) {
                        throw e;
                    }
                    progress.notice("What this backup compared with cannot be read, so it begins again without that: "
                            + e.getMessage());
                } catch (SnapshotCommit.Lost e) {
                    if (attempt == ATTEMPTS) {
                        throw e;
                    }
                    attempt++;
                    progress.notice("Archives that this backup refers to are gone: a prune removed them, or the storage"
                            + " did not keep them. Storing them again.");
                }
            }
        }
    }

    private BackupResult attempt(Instant start, long startNanos, SpoolPool spool, Codec codec)
            throws IOException, InterruptedException {
        progress.phase(ProgressListener.Phase.PLANNING);
        RunId run = RunId.random();
        Map<Replica, IOException> failures = new LinkedHashMap<>();
        try (RunJournal journal = new RunJournal(run, request.key(), tuning, clock)) {
            List<Replica> reached = begin(journal, failures);
            PlannedDestinations destinations =
                    new PlannedDestinations(reached.isEmpty() ? request.destinations() : reached, failures);
            BackupPlan plan = destinations.together(
                    () -> BackupPlan.make(destinations, request.key(), request.kind(), run, unusable, start));
            reached.retainAll(plan.replicas());
            ProblemLog problems = new ProblemLog();
            BackupRun work = new BackupRun(request, plan, tuning, journal, problems, progress);
            BackupRun.Written written = work.write(reached, spool, codec);
            Totals totals = written.totals();
            sayWhatItBecame(plan);
            if (request.mode() == BackupRequest.Mode.DRY_RUN) {
                return result(Optional.empty(), plan, totals, List.of(), problems, startNanos);
            }
            progress.phase(ProgressListener.Phase.COMMITTING);
            Manifest manifest = manifest(run, plan, start, written);
            byte[] object = manifest.encode(request.key());
            SnapshotCommit commit = new SnapshotCommit(reached, clock, progress);
            try {
                failures.putAll(commit.commit(manifest, object));
            } catch (SnapshotCommit.Lost e) {
                journal.checkpoint();
                throw e;
            }
            if (failures.keySet().containsAll(request.destinations())) {
                throw failures.values().iterator().next();
            }
            return result(
                    Optional.of(manifest.id()),
                    plan,
                    totals,
                    destinations(failures, written, commit.immutability()),
                    problems,
                    startNanos);
        }
    }

    private void sayWhatItBecame(BackupPlan plan) {
        if (plan.olderEpoch() > 0) {
            progress.notice("The keys were rotated since the last snapshot (epoch " + plan.olderEpoch() + ", now "
                    + request.key().newestEpoch() + "), so everything is read and stored again under the new ones.");
        } else if (plan.kind() != request.kind()) {
            progress.notice(
                    plan.sequence() == 1
                            ? "The first snapshot of a source is a full backup."
                            : "There is no earlier snapshot that this one could be compared with at the destinations"
                                    + " reached, so it is a full backup.");
        }
    }

    /** Tells every destination that the run begins; only those that know of it are written to. */
    private List<Replica> begin(RunJournal journal, Map<Replica, IOException> failures) throws IOException {
        List<Replica> reached = new ArrayList<>();
        if (request.mode() == BackupRequest.Mode.DRY_RUN) {
            return reached;
        }
        for (Replica replica : request.destinations()) {
            try {
                EpochDocuments.verify(replica, request.key());
                journal.begin(replica);
                reached.add(replica);
            } catch (UnknownEpochException e) {
                // The owner ended the use of this key; that one destination has not heard of it yet changes nothing.
                throw e;
            } catch (IOException e) {
                failures.put(replica, e);
            }
        }
        if (reached.isEmpty()) {
            throw failures.values().iterator().next();
        }
        return reached;
    }

    private Manifest manifest(RunId run, BackupPlan plan, Instant start, BackupRun.Written written) {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        BackupRequest.Identity identity = request.identity();
        Manifest.Facts facts = new Manifest.Facts(
                ByteString.of(random),
                identity.source(),
                identity.host(),
                identity.user(),
                identity.roots(),
                written.totals(),
                written.catalog());
        BackupRequest.Period taken = identity.taken().orElseGet(() -> new BackupRequest.Period(start, clock.instant()));
        Manifest.Place place = new Manifest.Place(
                run,
                plan.sequence(),
                plan.kind(),
                taken.start(),
                taken.end(),
                plan.parent().map(Manifest::id),
                plan.predecessors());
        return Manifest.create(
                request.key(), place, facts, request.tags(), written.archives(), written.moved(), written.sparse());
    }

    private List<BackupResult.Destination> destinations(
            Map<Replica, IOException> failures,
            BackupRun.Written written,
            Map<Replica, BackupResult.Immutability> immutability) {
        List<BackupResult.Destination> all = new ArrayList<>();
        for (Replica replica : request.destinations()) {
            IOException failure = failures.get(replica);
            all.add(new BackupResult.Destination(
                    replica.location(),
                    failure == null ? BackupResult.State.COMPLETE : BackupResult.State.LAGGING,
                    written.uploaded().getOrDefault(replica, 0L),
                    failure == null ? "" : failure.getMessage(),
                    Optional.ofNullable(immutability.get(replica))));
        }
        request.unreachable()
                .forEach((location, reason) -> all.add(new BackupResult.Destination(
                        location, BackupResult.State.UNREACHABLE, 0, reason, Optional.empty())));
        return all;
    }

    private BackupResult result(
            Optional<SnapshotId> snapshot,
            BackupPlan plan,
            Totals totals,
            List<BackupResult.Destination> destinations,
            ProblemLog problems,
            long startNanos) {
        SnapshotKind kind = plan.kind();
        return new BackupResult(
                snapshot,
                plan.sequence(),
                kind,
                plan.parent().map(Manifest::id),
                totals,
                destinations,
                request.minCopies(),
                problems.kept(),
                problems.all(),
                Duration.ofNanos(System.nanoTime() - startNanos));
    }
}
