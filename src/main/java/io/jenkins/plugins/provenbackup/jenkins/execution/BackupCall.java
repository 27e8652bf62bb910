package io.jenkins.plugins.provenbackup.jenkins.execution;

import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.HostName;
import io.jenkins.plugins.provenbackup.engine.OpenDestinations;
import io.jenkins.plugins.provenbackup.engine.OpenRequest;
import io.jenkins.plugins.provenbackup.engine.Reason;
import io.jenkins.plugins.provenbackup.engine.backup.Backup;
import io.jenkins.plugins.provenbackup.engine.backup.BackupRequest;
import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.backup.BackupTuning;
import io.jenkins.plugins.provenbackup.engine.backup.FinishedRun;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.policy.runbook.Tool;
import io.jenkins.plugins.provenbackup.engine.recovery.RecoveryPage;
import io.jenkins.plugins.provenbackup.engine.replicate.CatchUp;
import io.jenkins.plugins.provenbackup.engine.replicate.ReplicateResult;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import io.jenkins.plugins.provenbackup.engine.storage.RateLimit;
import io.jenkins.plugins.provenbackup.engine.storage.Time;
import io.jenkins.plugins.provenbackup.jenkins.results.BackupReport;
import io.jenkins.plugins.provenbackup.jenkins.secrets.DestinationAccess;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes a backup where the data is. */
final class BackupCall extends EngineCall<BackupReport> {

    private static final long serialVersionUID = 1L;

    private final BackupOrder order;
    private final RunSecrets secrets;
    private final String toolVersion;

    BackupCall(BackupOrder order, RunSecrets secrets, String toolVersion, ProgressSink sink) {
        super(sink);
        this.order = order;
        this.secrets = secrets;
        this.toolVersion = toolVersion;
    }

    @Override
    @SuppressWarnings("try") // held until it is closed
    BackupReport run(ProgressLines progress) throws IOException, InterruptedException {
        OpenRequest open = secrets.open()
                .withLimits(order.uploadRate().map(rate -> new RateLimit(rate, Time.system())), Optional.empty());
        try (RunLock lock = RunLock.take(order.run());
                Destinations destinations = OpenDestinations.run(open);
                SourceKey key = secrets.sourceKey()) {
            secrets.close();
            destinations.verify(key);
            destinations
                    .unreachable()
                    .forEach((location, reason) -> progress.notice(location + " is left out: " + reason));
            return backUp(destinations, key, progress);
        } finally {
            DestinationAccess.wipe(open);
        }
    }

    private BackupReport backUp(Destinations destinations, SourceKey key, ProgressLines progress)
            throws IOException, InterruptedException {
        Clock clock = Clock.systemUTC();
        BackupRequest request = request(destinations, key, clock.instant());
        Optional<BackupResult> earlier = order.attempt() == Attempt.RESUMED && order.mode() == BackupRequest.Mode.WRITE
                ? FinishedRun.find(request, BackupOrder.RUN_TAG)
                : Optional.empty();
        earlier.ifPresent(found -> progress.notice("The snapshot was complete before the interruption."));
        BackupResult result =
                earlier.isPresent() ? earlier.get() : Backup.run(request, BackupTuning.standard(), progress, clock);
        List<ReplicateResult> caughtUp = List.of();
        if (order.mode() == BackupRequest.Mode.WRITE) {
            putPages(destinations.reached(), progress);
            caughtUp = catchUp(request, result, earlier.isPresent(), progress);
        }
        return BackupReport.of(order.subject(), result, caughtUp, progress.times());
    }

    private BackupRequest request(Destinations destinations, SourceKey key, Instant now) throws IOException {
        return new BackupRequest(
                order.source().open(),
                new BackupRequest.Identity(
                        order.subject().source(), host(), user(), order.source().roots()),
                key,
                kind(destinations.reached(), key, now),
                order.tags(),
                order.ignored(),
                destinations.reached(),
                destinations.unreachable(),
                order.minCopies(),
                order.mode());
    }

    private SnapshotKind kind(List<Replica> replicas, SourceKey key, Instant now) throws IOException {
        Optional<Instant> newestFull = Optional.empty();
        if (order.isFullDueSometimes()) {
            for (Replica replica : replicas) {
                for (Manifest manifest : new SnapshotStore(replica).load(key).manifests()) {
                    if (manifest.kind() == SnapshotKind.FULL
                            && newestFull.filter(manifest.start()::isBefore).isEmpty()) {
                        newestFull = Optional.of(manifest.start());
                    }
                }
            }
        }
        return order.kind(newestFull, now);
    }

    private void putPages(List<Replica> replicas, ProgressLines progress) {
        for (Replica replica : replicas) {
            try {
                RecoveryPage.putFirst(replica, new Tool("proven-backup-cli.jar", toolVersion));
            } catch (IOException e) {
                progress.notice("RECOVERY.md at " + replica.location() + " was not written, which harms no backup: "
                        + Reason.of(e));
            }
        }
    }

    /** After a found snapshot the destinations that it had not reached yet are caught up, too. */
    private List<ReplicateResult> catchUp(
            BackupRequest request, BackupResult result, boolean isFound, ProgressLines progress)
            throws InterruptedException {
        if (result.snapshot().isEmpty() || order.catchUp().isZero()) {
            return List.of();
        }
        Set<String> complete = result.destinations().stream()
                .filter(one -> one.state() == BackupResult.State.COMPLETE)
                .map(BackupResult.Destination::location)
                .collect(Collectors.toSet());
        List<Replica> replicas = request.destinations().stream()
                .filter(replica -> isFound || complete.contains(replica.location()))
                .toList();
        return CatchUp.run(replicas, request.key(), order.catchUp(), progress);
    }

    static String host() {
        return HostName.of(name -> Optional.ofNullable(System.getenv(name)));
    }

    static String user() {
        return System.getProperty("user.name", "unknown");
    }

    @Override
    void wipe() {
        secrets.close();
        order.source().close();
    }
}
