package io.jenkins.plugins.provenbackup.jenkins.schedule;

import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.OpenDestinations;
import io.jenkins.plugins.provenbackup.engine.OpenRequest;
import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.backup.Backup;
import io.jenkins.plugins.provenbackup.engine.backup.BackupRequest;
import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.backup.BackupTuning;
import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.engine.policy.runbook.Tool;
import io.jenkins.plugins.provenbackup.engine.recovery.RecoveryPage;
import io.jenkins.plugins.provenbackup.engine.replicate.CatchUp;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.snapshots.ListSnapshots;
import io.jenkins.plugins.provenbackup.jenkins.access.SourceNames;
import io.jenkins.plugins.provenbackup.jenkins.secrets.ControllerKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Backs up the home of this Jenkins by a policy, on the controller. For one thread. */
public final class HomeBackup {

    private static final Duration CATCH_UP = Duration.ofMinutes(10);

    private final Path home;
    private final HomeSource source;
    private final Tool tool;
    private final Clock clock;

    /**
     * Nothing is read yet.
     *
     * @param version of this program, for the page that tells at each destination how to recover
     */
    public HomeBackup(Path home, HomeSource source, String version, Clock clock) {
        this.home = home;
        this.source = source;
        this.tool = new Tool("proven-backup-cli.jar", version);
        this.clock = clock;
    }

    /**
     * Makes a snapshot of the kind that is due, and brings what destinations missed earlier.
     *
     * @param keys closed by the caller
     * @throws IOException when none was made, or fewer destinations have it than the policy asks for
     */
    public BackupResult run(Policy policy, OpenRequest request, ControllerKeys keys, ProgressListener progress)
            throws IOException, InterruptedException {
        String name = SourceNames.ofHome(policy.name());
        try (Destinations destinations = OpenDestinations.run(request);
                SourceKey key = keys.sourceKey(name)) {
            destinations.verify(keys.backupKey());
            BackupResult result = Backup.run(
                    new BackupRequest(
                            source.open(),
                            new BackupRequest.Identity(
                                    name,
                                    "controller",
                                    System.getProperty("user.name", "jenkins"),
                                    List.of(ByteString.of(RawNames.bytesOf(home)))),
                            key,
                            due(policy, destinations, key),
                            new TreeMap<>(),
                            Set.of(),
                            destinations.reached(),
                            destinations.unreachable(),
                            policy.minCopies(),
                            BackupRequest.Mode.WRITE),
                    BackupTuning.standard(),
                    progress,
                    clock);
            keepPages(destinations, progress);
            requireCopies(result);
            CatchUp.run(complete(result, destinations), key, CATCH_UP, progress);
            return result;
        }
    }

    /** A backup is no worse without them. */
    private void keepPages(Destinations destinations, ProgressListener progress) {
        for (Replica replica : destinations.reached()) {
            try {
                RecoveryPage.putFirst(replica, tool);
            } catch (IOException e) {
                progress.notice("RECOVERY.md at " + replica.location() + " was not written: " + e.getMessage());
            }
        }
    }

    private SnapshotKind due(Policy policy, Destinations destinations, SourceKey key) throws IOException {
        Optional<Instant> newestFull =
                ListSnapshots.run(destinations.reached(), key).of(SourceNames.ofHome(policy.name())).stream()
                        .map(one -> one.manifest())
                        .filter(manifest -> manifest.kind() == SnapshotKind.FULL)
                        .map(Manifest::start)
                        .max(Instant::compareTo);
        return policy.backups().next(newestFull, clock.instant());
    }

    private static List<Replica> complete(BackupResult result, Destinations destinations) {
        List<String> locations = result.destinations().stream()
                .filter(one -> one.state() == BackupResult.State.COMPLETE)
                .map(BackupResult.Destination::location)
                .toList();
        return destinations.reached().stream()
                .filter(replica -> locations.contains(replica.location()))
                .toList();
    }

    private static void requireCopies(BackupResult result) throws IOException {
        if (result.copies() < result.minCopies()) {
            throw new IOException(result.destinations().stream()
                    .filter(one -> one.state() != BackupResult.State.COMPLETE)
                    .map(one -> one.location() + ": " + one.reason())
                    .findFirst()
                    .orElse(""));
        }
    }
}
