package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.OpenDestinations;
import io.jenkins.plugins.provenbackup.engine.OpenRequest;
import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.browse.Diff;
import io.jenkins.plugins.provenbackup.engine.browse.FileHistory;
import io.jenkins.plugins.provenbackup.engine.browse.Find;
import io.jenkins.plugins.provenbackup.engine.browse.Ls;
import io.jenkins.plugins.provenbackup.engine.browse.PathPattern;
import io.jenkins.plugins.provenbackup.engine.catalog.Entry;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.restore.Cat;
import io.jenkins.plugins.provenbackup.engine.restore.CatRequest;
import io.jenkins.plugins.provenbackup.engine.restore.Restore;
import io.jenkins.plugins.provenbackup.engine.restore.RestoreRequest;
import io.jenkins.plugins.provenbackup.engine.restore.RestoreResult;
import io.jenkins.plugins.provenbackup.engine.snapshots.ListSnapshots;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import io.jenkins.plugins.provenbackup.engine.snapshots.SnapshotList;
import io.jenkins.plugins.provenbackup.engine.target.Overwrite;
import io.jenkins.plugins.provenbackup.engine.target.Ownership;
import io.jenkins.plugins.provenbackup.engine.target.Unlisted;
import io.jenkins.plugins.provenbackup.jenkins.access.SourceNames;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicyDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.secrets.ControllerKeys;
import io.jenkins.plugins.provenbackup.jenkins.secrets.DestinationAccess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The snapshots of one policy's JENKINS_HOME, opened with the recovery key; those of no other source are seen. Asks nobody who is
 * asking: {@link Sight} does. Thread-safe.
 */
final class OpenHome implements AutoCloseable {

    /** A backup that was made meanwhile shows after so long. */
    private static final Duration FRESH = Duration.ofSeconds(30);

    private final String source;
    private final OpenRequest request;
    private final Destinations destinations;
    private final RecoveryKey key;
    private final OwnAuthorizations authorizations = new OwnAuthorizations(this);
    private List<Snapshot> points = List.of();
    private long listed;
    private boolean isListed;

    private OpenHome(String source, OpenRequest request, Destinations destinations, RecoveryKey key) {
        this.source = source;
        this.request = request;
        this.destinations = destinations;
        this.key = key;
    }

    /**
     * Opens it; with a passphrase that takes a second and its memory.
     *
     * @throws IOException when no destination can be reached, or contents cannot be read here, in words for the user
     */
    static OpenHome of(BackupPolicy policy) throws IOException, InterruptedException {
        ProvenBackupConfiguration configuration = ProvenBackupConfiguration.get();
        List<String> names = policy.getDestinations().stream()
                .map(PolicyDestination::getName)
                .toList();
        List<DestinationAccess> access = new ArrayList<>();
        try (ControllerKeys keys = ControllerKeys.open(keysOf(configuration, names))) {
            for (String name : names) {
                access.add(DestinationAccess.forWriting(
                        configuration.destination(name).orElseThrow()));
            }
            return opened(SourceNames.ofHome(policy.getName()), DestinationAccess.open(access), keys);
        } finally {
            access.forEach(DestinationAccess::close);
        }
    }

    private static io.jenkins.plugins.provenbackup.jenkins.secrets.KeyCredentials keysOf(
            ProvenBackupConfiguration configuration, List<String> names) throws IOException {
        try {
            return configuration.keysOf(names);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(e.getMessage());
        }
    }

    private static OpenHome opened(String source, OpenRequest request, ControllerKeys keys)
            throws IOException, InterruptedException {
        boolean isDone = false;
        Destinations destinations = null;
        try {
            destinations = OpenDestinations.run(request);
            destinations.verify(keys.backupKey());
            OpenHome home = new OpenHome(source, request, destinations, keys.recoveryKey(destinations));
            isDone = true;
            return home;
        } finally {
            if (!isDone) {
                if (destinations != null) {
                    destinations.close();
                }
                DestinationAccess.wipe(request);
            }
        }
    }

    /** The name of the source. */
    String source() {
        return source;
    }

    /** Who may do what as the snapshots' jobs say themselves. */
    OwnAuthorizations authorizations() {
        return authorizations;
    }

    /** All recovery points, oldest first. */
    synchronized List<Snapshot> points() throws IOException {
        if (!isListed || System.nanoTime() - listed > FRESH.toNanos()) {
            try (SourceKey own = sourceKey()) {
                SnapshotList list = ListSnapshots.run(replicas(), own);
                points = list.of(source);
            }
            listed = System.nanoTime();
            isListed = true;
        }
        return points;
    }

    /**
     * The recovery point of that id.
     *
     * @param id all of it
     * @throws RefusedException when it is none of this source
     */
    Snapshot point(String id) throws IOException {
        return points().stream()
                .filter(one -> one.id().hex().equals(id))
                .findFirst()
                .orElseThrow(() -> new RefusedException(Messages.OpenHome_noPoint()));
    }

    /** Names of the destinations that have a recovery point. */
    List<String> places(Snapshot point) {
        return point.locations();
    }

    Optional<Entry> find(Snapshot point, EntryPath path) throws IOException {
        return Ls.find(point.manifest(), path, replicas(), key);
    }

    void children(Snapshot point, EntryPath directory, Ls.Taker taker) throws IOException, InterruptedException {
        Ls.children(point.manifest(), directory, replicas(), key, taker);
    }

    void all(Snapshot point, EntryPath directory, Ls.Taker taker) throws IOException, InterruptedException {
        Ls.run(new Ls.Request(point.manifest(), directory, Integer.MAX_VALUE), replicas(), key, taker);
    }

    void search(List<Snapshot> where, PathPattern pattern, Find.Taker taker) throws IOException, InterruptedException {
        Find.run(where, pattern, replicas(), key, taker);
    }

    List<FileHistory.Version> history(EntryPath file) throws IOException, InterruptedException {
        return FileHistory.run(points(), file, replicas(), key);
    }

    void compare(Snapshot before, Snapshot after, EntryPath within, Diff.Taker taker)
            throws IOException, InterruptedException {
        Diff.run(new Diff.Request(before.manifest(), after.manifest(), within), replicas(), key, taker);
    }

    /** Writes the content of a file. */
    void write(Snapshot point, EntryPath file, OutputStream out) throws IOException, InterruptedException {
        try (SourceKey own = sourceKey()) {
            Cat.run(
                    new CatRequest(
                            point.manifest(),
                            own,
                            header -> StreamKey.open(header, key),
                            replicas(),
                            file,
                            CatRequest.Format.RAW),
                    out,
                    (replica, archive, reason) -> {});
        }
    }

    /** Restores what a directory holds into another, which is empty or not there. */
    RestoreResult restore(Snapshot point, EntryPath directory, Path target, ProgressListener progress)
            throws IOException, InterruptedException {
        try (SourceKey own = sourceKey()) {
            return Restore.run(
                    new RestoreRequest(
                            point.manifest(),
                            own,
                            header -> StreamKey.open(header, key),
                            replicas(),
                            directory,
                            target,
                            Optional.empty(),
                            Overwrite.NEVER,
                            Ownership.IGNORE,
                            Unlisted.KEEP,
                            RestoreRequest.Mode.WRITE),
                    progress);
        }
    }

    private List<Replica> replicas() {
        return destinations.reached();
    }

    private SourceKey sourceKey() throws IOException {
        Function<String, Optional<SourceKey>> keys = key::sourceKey;
        return keys.apply(source)
                .orElseThrow(() -> new RefusedException("The recovery key does not cover '" + source + "'."));
    }

    @Override
    public void close() {
        key.close();
        destinations.close();
        DestinationAccess.wipe(request);
    }
}
