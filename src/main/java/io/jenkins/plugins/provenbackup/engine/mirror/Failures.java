package io.jenkins.plugins.provenbackup.engine.mirror;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.source.Problem;
import io.jenkins.plugins.provenbackup.engine.source.SourceException;
import io.jenkins.plugins.provenbackup.engine.source.UnreadableItemException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.target.TargetFullException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.atomic.AtomicInteger;

/** What fails in a run: most of it concerns one entry and is noted, some concerns all the others too and ends the run. Thread-safe. */
final class Failures {

    private final MirrorLog log;
    private final AtomicInteger passingInRow = new AtomicInteger();
    private volatile IOException fatal;

    Failures(MirrorLog log) {
        this.log = log;
    }

    /** Notes why an entry failed. */
    void add(EntryPath path, IOException e) {
        if (concernsAll(e)) {
            fatal = fatal == null ? e : fatal;
        } else if (e instanceof UnreadableItemException unreadable) {
            log.problem(unreadable.problem());
        } else if (e instanceof StorageException.Unreadable && e.getCause() instanceof UnreadableItemException cause) {
            log.problem(cause.problem());
        } else if (e instanceof StorageException.Unreadable) {
            log.problem(new Problem(path, Problem.Kind.UNREADABLE_ENTRY, "'" + path + "': " + e.getMessage()));
        } else {
            log.failed(path, e.getMessage());
        }
    }

    private boolean concernsAll(IOException e) {
        boolean passing = e instanceof StorageException storage && storage.mayPass();
        // One entry may have a trouble of its own; two in a row have the same.
        return passing && passingInRow.incrementAndGet() > 1
                || e instanceof ClosedByInterruptException
                || Thread.currentThread().isInterrupted()
                || e instanceof TargetFullException
                || e instanceof StorageException.Full
                || e instanceof SourceException;
    }

    /** A file was mirrored, so what failed before it concerned the others only. */
    void passed() {
        passingInRow.set(0);
    }

    /** Whether the run is over, so that further work is in vain. */
    boolean endsRun() {
        return fatal != null;
    }

    /** Throws what ends the run. */
    void requireNone() throws IOException {
        if (fatal != null) {
            throw fatal;
        }
    }
}
