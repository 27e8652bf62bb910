package io.jenkins.plugins.provenbackup.engine.transfer;

import io.jenkins.plugins.provenbackup.engine.archive.FinishedArchive;
import java.util.concurrent.atomic.AtomicInteger;

/** An archive that several queues hold; the last one to be done with it frees it. */
final class SharedArchive {

    private final FinishedArchive archive;
    private final AtomicInteger holders;

    SharedArchive(FinishedArchive archive, int holders) {
        this.archive = archive;
        this.holders = new AtomicInteger(holders);
        if (holders == 0) {
            archive.release();
        }
    }

    FinishedArchive archive() {
        return archive;
    }

    void release() {
        if (holders.decrementAndGet() == 0) {
            archive.release();
        }
    }
}
