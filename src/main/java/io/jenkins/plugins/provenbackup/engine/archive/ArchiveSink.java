package io.jenkins.plugins.provenbackup.engine.archive;

import java.io.IOException;

/** Takes archives as they become ready. */
@FunctionalInterface
public interface ArchiveSink {

    /**
     * Takes an archive, one at a time, in order, on a worker's thread; waiting here slows the writer down. From the return
     * on, the sink releases the archive; when this throws, the writer does. The thread is interrupted when the writer is
     * closed meanwhile.
     */
    void accept(FinishedArchive archive) throws IOException, InterruptedException;
}
