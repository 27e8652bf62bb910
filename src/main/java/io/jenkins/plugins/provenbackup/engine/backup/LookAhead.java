package io.jenkins.plugins.provenbackup.engine.backup;

import io.jenkins.plugins.provenbackup.engine.NamedThreads;
import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.source.Source;
import io.jenkins.plugins.provenbackup.engine.source.SourceException;
import io.jenkins.plugins.provenbackup.engine.source.SourceItem;
import io.jenkins.plugins.provenbackup.engine.source.SourceWalk;
import java.util.Optional;

/**
 * Walks a source beside its first backup, so that somebody who watches learns how much is left. It reads no content, and what it
 * finds wrong the backup itself reports.
 */
final class LookAhead implements AutoCloseable {

    private final Source source;
    private final ProgressListener progress;
    private Optional<Thread> walker = Optional.empty();

    private LookAhead(Source source, ProgressListener progress) {
        this.source = source;
        this.progress = progress;
    }

    static LookAhead over(Source source, ProgressListener progress) {
        return new LookAhead(source, progress);
    }

    /** Begins, if anybody wants to know and the source can be walked twice. */
    void start() {
        if (progress.foresight() == ProgressListener.Foresight.WANTED && source.passes() == Source.Passes.ANY_NUMBER) {
            Thread thread = new NamedThreads("look-ahead").newThread(this::walk);
            thread.start();
            walker = Optional.of(thread);
        }
    }

    private void walk() {
        long entries = 0;
        long bytes = 0;
        try (SourceWalk walk = source.walk(problem -> {})) {
            for (Optional<SourceItem> item = walk.next(); item.isPresent(); item = walk.next()) {
                entries++;
                bytes += item.get().size().orElse(0);
            }
            progress.expect(entries, bytes);
        } catch (InterruptedException | SourceException e) {
            // The backup is done, or meets the same and reports it: there is nothing to foresee.
            return;
        }
    }

    @Override
    public void close() {
        walker.ifPresent(Thread::interrupt);
    }
}
