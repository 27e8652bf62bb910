package io.jenkins.plugins.provenbackup.engine.backup;

import io.jenkins.plugins.provenbackup.engine.NamedThreads;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.ManifestName;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.storage.Retention;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Keeps a snapshot from being destroyed at a destination whose storage can do that (repository format, "Immutable storage"):
 * everything that the manifest names, and what is needed to read it, is locked before the manifest is put. For one thread.
 */
final class SnapshotLock {

    private static final int THREADS = 8;

    /** The manifest is locked when it is put, a little later than what it names, and must not outlive that. */
    private static final Duration UNTIL_MANIFEST = Duration.ofHours(1);

    private final Storage storage;
    private final Retention retention;
    private final Instant until;

    private SnapshotLock(Storage storage, Retention retention, Instant until) {
        this.storage = storage;
        this.retention = retention;
        this.until = until;
    }

    /** The lock that a destination asks for; empty where none is asked for. */
    static Optional<SnapshotLock> of(Replica replica, Clock clock) {
        return replica.storage()
                .retention()
                .flatMap(retention -> retention
                        .period()
                        .map(period -> new SnapshotLock(
                                replica.storage(),
                                retention,
                                clock.instant()
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .plus(period)
                                        .plus(UNTIL_MANIFEST))));
    }

    /**
     * Locks everything but the manifest.
     *
     * @throws IOException when the storage refuses to lock one of them
     */
    void lockContents(Manifest manifest) throws IOException {
        List<String> names = new ArrayList<>(List.of(Layout.REPOSITORY));
        for (String folder : List.of(Layout.EPOCHS, Layout.KEYS)) {
            storage.list(folder).stream().map(StoredObject::name).forEach(names::add);
        }
        manifest.archives()
                .archives()
                .forEach(row -> names.add(Layout.archive(row.archive().hash())));
        manifest.catalogs().forEach(object -> names.add(Layout.catalog(object.hash())));
        lock(names);
    }

    /**
     * Locks a manifest that was put, where that did not happen already.
     *
     * @return until when the whole snapshot is kept
     */
    Instant lockManifest(Manifest manifest, ManifestName name) throws IOException {
        Instant kept = until.minus(UNTIL_MANIFEST);
        retention.retainUntil(Layout.catalog(name.hash()), kept);
        Instant date = retention.retainUntil(name.object(), kept);
        if (date.isAfter(until)) {
            // Locking took so long that what was locked first would end before the manifest.
            new SnapshotLock(storage, retention, date).lockContents(manifest);
        }
        return kept;
    }

    private void lock(List<String> names) throws IOException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, new NamedThreads("lock"));
        try {
            List<Future<Instant>> locks = new ArrayList<>();
            for (String name : names) {
                locks.add(threads.submit(() -> retention.retainUntil(name, until)));
            }
            for (Future<Instant> lock : locks) {
                lock.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the backup was cancelled");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StorageException known
                    ? known
                    : new IOException("Locking the snapshot failed: " + e.getCause(), e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
