package io.jenkins.plugins.provenbackup.engine.restore;

import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.ObjectRef;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.target.Action;
import io.jenkins.plugins.provenbackup.engine.target.Limitation;
import io.jenkins.plugins.provenbackup.engine.target.LimitationListener;
import io.jenkins.plugins.provenbackup.engine.transfer.FailoverListener;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what a restore does. Safe for use by several threads. */
final class RestoreLog implements LimitationListener, FailoverListener {

    private static final int MOST_KEPT = 1000;

    final AtomicLong files = new AtomicLong();
    final AtomicLong directories = new AtomicLong();
    final AtomicLong symlinks = new AtomicLong();
    final AtomicLong hardLinks = new AtomicLong();
    final AtomicLong bytes = new AtomicLong();
    final AtomicLong kept = new AtomicLong();
    final AtomicLong updated = new AtomicLong();
    final AtomicLong deleted = new AtomicLong();
    private final Map<Limitation, Long> limitations = new EnumMap<>(Limitation.class);
    private final List<RestoreResult.Failure> failures = new ArrayList<>();
    private final List<String> failovers = new ArrayList<>();
    private long failureCount;
    private final ProgressListener progress;

    RestoreLog(ProgressListener progress) {
        this.progress = progress;
    }

    @Override
    public synchronized void limited(EntryPath path, Limitation limitation) {
        limitations.merge(limitation, 1L, Long::sum);
    }

    @Override
    public synchronized void failed(Replica replica, ObjectRef archive, IOException reason) {
        String message = replica.name(Layout.archive(archive.hash())) + ": " + reason.getMessage();
        if (failovers.size() < MOST_KEPT) {
            failovers.add(message);
        }
        progress.notice("Reading from the next destination, if there is one: " + message);
    }

    synchronized void failed(EntryPath path, String reason) {
        failureCount++;
        if (failures.size() < MOST_KEPT) {
            failures.add(new RestoreResult.Failure(path, reason));
        }
    }

    /** Counts an entry that needs no content. */
    void passed(EntryPath path, Action action) {
        switch (action.kind()) {
            case KEEP -> kept.incrementAndGet();
            case UPDATE_METADATA -> updated.incrementAndGet();
            case REFUSE -> failed(path, action.reason());
            default -> throw new IllegalArgumentException(action.kind() + " is for those who write");
        }
    }

    synchronized RestoreResult result(SnapshotId snapshot, Duration duration) {
        return new RestoreResult(
                snapshot,
                files.get(),
                directories.get(),
                symlinks.get(),
                hardLinks.get(),
                bytes.get(),
                kept.get(),
                updated.get(),
                deleted.get(),
                limitations,
                failures,
                failureCount,
                failovers,
                duration);
    }
}
