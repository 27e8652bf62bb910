package io.jenkins.plugins.provenbackup.engine.copy;

import io.jenkins.plugins.provenbackup.engine.Cancellation;
import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.SnapshotReading;
import io.jenkins.plugins.provenbackup.engine.backup.Backup;
import io.jenkins.plugins.provenbackup.engine.backup.BackupRequest;
import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.backup.BackupTuning;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.repository.ForgottenRecords;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.snapshots.ListSnapshots;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import io.jenkins.plugins.provenbackup.engine.snapshots.SnapshotList;
import io.jenkins.plugins.provenbackup.engine.source.SourceException;
import io.jenkins.plugins.provenbackup.engine.transfer.BlockLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Copies snapshots into a repository with other keys: under the same source name, with the same times, host, user and tags,
 * and a tag that tells where each came from. What was copied before is left out, so that the next run copies only what is new;
 * a run that is killed loses nothing, as with a backup.
 */
public final class CopySnapshots {

    private final CopyRequest request;
    private final BackupTuning tuning;
    private final ProgressListener progress;
    private final Clock clock;

    private CopySnapshots(CopyRequest request, BackupTuning tuning, ProgressListener progress, Clock clock) {
        this.request = request;
        this.tuning = tuning;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * Copies them. One that cannot be read whole is left out and told of.
     *
     * @throws RefusedException when both are the same repository; nothing was copied
     * @throws IOException when the target fails
     * @throws InterruptedException when the thread was interrupted; what is copied stays
     */
    public static CopyResult run(CopyRequest request, BackupTuning tuning, ProgressListener progress, Clock clock)
            throws IOException, InterruptedException {
        return Cancellation.told(() -> new CopySnapshots(request, tuning, progress, clock).run());
    }

    private CopyResult run() throws IOException, InterruptedException {
        Replica from = request.from().get(0);
        Replica to = request.to().get(0);
        if (from.id().equals(to.id())) {
            throw new RefusedException(from.location() + " and " + to.location() + " hold the same repository: use"
                    + " 'replicate', which needs no key. Nothing was copied.");
        }
        SnapshotList there = ListSnapshots.run(request.to(), request.toKey());
        Set<Origin> copies = new HashSet<>();
        for (Snapshot snapshot : there.snapshots()) {
            Origin.read(snapshot.manifest()).ifPresent(copies::add);
        }
        Set<Origin> forgotten = forgotten(there);
        List<CopyResult.One> all = new ArrayList<>();
        for (Snapshot snapshot : request.snapshots()) {
            Manifest manifest = snapshot.manifest();
            Origin origin = Origin.of(manifest);
            boolean cameFromThere =
                    Origin.read(manifest).filter(one -> one.isIn(to.id())).isPresent();
            if (cameFromThere || copies.contains(origin)) {
                all.add(left(manifest, CopyResult.State.PRESENT, ""));
            } else if (forgotten.contains(origin)) {
                all.add(left(manifest, CopyResult.State.FORGOTTEN, ""));
            } else {
                all.add(copy(manifest, origin));
            }
        }
        return new CopyResult(all);
    }

    private Set<Origin> forgotten(SnapshotList there) throws IOException {
        Set<Origin> origins = new HashSet<>();
        for (Replica replica : request.to()) {
            ForgottenRecords records = new ForgottenRecords(replica);
            for (SnapshotId id : there.forgotten()) {
                records.origin(id, request.toKey()).map(Origin::new).ifPresent(origins::add);
            }
        }
        return origins;
    }

    private static CopyResult.One left(Manifest manifest, CopyResult.State state, String reason) {
        return new CopyResult.One(manifest, state, Optional.empty(), reason);
    }

    private CopyResult.One copy(Manifest manifest, Origin origin) throws IOException, InterruptedException {
        try (SourceKey fromKey =
                        request.fromKey().sourceKey(manifest.sourceId()).orElseThrow();
                SourceKey toKey = toKey(manifest.source());
                SnapshotReading reading = new SnapshotReading(
                        manifest,
                        fromKey,
                        request.streamKeys(),
                        request.from(),
                        BlockLoader.Access.IN_ORDER,
                        (replica, archive, reason) -> progress.notice(reason.getMessage()))) {
            SnapshotSource source = new SnapshotSource(reading, fromKey, manifest.epoch());
            BackupResult result = Backup.run(backup(manifest, origin, source, toKey), tuning, progress, clock);
            return new CopyResult.One(manifest, CopyResult.State.COPIED, Optional.of(result), "");
        } catch (SourceException e) {
            return failed(manifest, e);
        } catch (UncheckedIOException e) {
            return failed(manifest, e.getCause());
        }
    }

    private static CopyResult.One failed(Manifest manifest, IOException e) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw e;
        }
        return left(manifest, CopyResult.State.FAILED, e.getMessage());
    }

    private SourceKey toKey(String source) throws RefusedException {
        return request.toKey()
                .sourceKey(source)
                .orElseThrow(() -> new RefusedException("The key of "
                        + request.to().get(0).location()
                        + " is for another source than '" + source + "'. Choose snapshots with --source, or use a key"
                        + " that writes all sources."));
    }

    private BackupRequest backup(Manifest manifest, Origin origin, SnapshotSource source, SourceKey key) {
        SortedMap<String, String> tags = new TreeMap<>(manifest.tags());
        tags.put(ForgottenRecords.ORIGIN, origin.text());
        Manifest.Facts facts = manifest.facts();
        return new BackupRequest(
                source,
                new BackupRequest.Identity(
                        facts.source(),
                        facts.host(),
                        facts.user(),
                        facts.roots(),
                        Optional.of(new BackupRequest.Period(manifest.start(), manifest.end()))),
                key,
                SnapshotKind.INCREMENTAL,
                tags,
                Set.of(),
                request.to(),
                request.unreachable(),
                request.to().size() + request.unreachable().size(),
                request.mode());
    }
}
