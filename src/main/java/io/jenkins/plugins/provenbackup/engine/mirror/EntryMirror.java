package io.jenkins.plugins.provenbackup.engine.mirror;

import io.jenkins.plugins.provenbackup.engine.Workers;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.repository.RememberedFile;
import io.jenkins.plugins.provenbackup.engine.source.SourceItem;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Brings entries that the walk has met to the mirror: links at once, files on several threads. For the thread of the walk, which
 * hands over and waits.
 */
final class EntryMirror implements AutoCloseable {

    private static final int MOST_QUEUED = 256;

    private final MirrorRequest request;
    private final MirrorTarget target;
    private final MirrorLog log;
    private final Failures failures;
    private final FileMirror files;
    private final Workers workers;

    EntryMirror(
            MirrorRequest request,
            MirrorTarget target,
            Optional<MirrorMemory> memory,
            Duration targetAhead,
            MirrorLog log,
            Failures failures) {
        this.request = request;
        this.target = target;
        this.log = log;
        this.failures = failures;
        files = new FileMirror(target, request, memory, targetAhead, log);
        workers = new Workers("mirror", target.threads(), MOST_QUEUED);
    }

    /** A file on its way to the mirror. */
    record Transfer(SourceItem item, Optional<Present> there, MirrorMemory.Slot slot, Folder folder) {}

    void symlink(SourceItem item, Folder folder, Optional<Present> there) throws IOException {
        MirrorTarget.Change change = MirrorTarget.Change.WRITTEN;
        if (request.writes()) {
            change = target.symlink(item.complete(), there);
        } else if (there.filter(one -> one.is(Present.Kind.SYMLINK)).isPresent()) {
            change = MirrorTarget.Change.NONE;
        }
        if (change == MirrorTarget.Change.WRITTEN) {
            folder.touch();
        }
        log.changed(change);
        log.done(0);
    }

    /** A further name of a file that the mirror has by now; where it takes no links, one more file. */
    void link(Transfer link, EntryPath first) throws InterruptedException {
        Node node = link.item().node();
        try {
            Optional<MirrorTarget.Change> change = request.writes()
                    ? target.link(link.item().complete(), first)
                    : Optional.of(link.there().isPresent() ? MirrorTarget.Change.NONE : MirrorTarget.Change.WRITTEN);
            if (change.isEmpty()) {
                file(link, Optional.empty(), () -> {});
            } else {
                log.changed(change.get());
                log.done(node.size());
            }
        } catch (IOException e) {
            failures.add(node.path(), e);
        }
    }

    /**
     * Hands over a file; waits for room.
     *
     * @param before what is remembered of it
     * @param done called when nothing will be done with it any more
     */
    void file(Transfer file, Optional<RememberedFile> before, Runnable done) throws InterruptedException {
        workers.execute(() -> {
            Optional<RememberedFile> learnt = before;
            try {
                learnt = mirror(file, before);
            } finally {
                file.slot().fill(learnt);
                done.run();
            }
        });
    }

    /** Mirrors one file; what is known of it afterwards. */
    private Optional<RememberedFile> mirror(Transfer file, Optional<RememberedFile> before) {
        if (failures.endsRun() || !workers.isSound()) {
            return before;
        }
        Node node = file.item().node();
        try {
            FileMirror.Mirrored mirrored = files.mirror(file.item(), file.there(), before);
            failures.passed();
            if (mirrored.change() == MirrorTarget.Change.WRITTEN) {
                file.folder().touch();
            }
            log.done(node.size());
            return mirrored.learnt();
        } catch (IOException e) {
            failures.add(node.path(), e);
        } catch (RuntimeException e) {
            log.failed(node.path(), "unexpected failure: " + e);
        }
        return before;
    }

    /** Gives a directory its metadata. Thread-safe. */
    void finish(Node directory, Optional<Present> there) {
        if (request.writes() && !failures.endsRun()) {
            try {
                target.finish(directory, there);
            } catch (IOException e) {
                failures.add(directory.path(), e);
            }
        }
    }

    /** Waits until all files that were handed over are done. */
    void await() throws IOException, InterruptedException {
        workers.await();
        requireRunning();
    }

    /** Ends a run that was cancelled, or that something has ended. */
    void requireRunning() throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("the mirror run was cancelled");
        }
        failures.requireNone();
        workers.requireSound();
    }

    /** Afterwards nobody writes any more. */
    @Override
    public void close() {
        workers.close();
    }
}
