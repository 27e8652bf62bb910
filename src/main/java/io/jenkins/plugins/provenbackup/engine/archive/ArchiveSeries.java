package io.jenkins.plugins.provenbackup.engine.archive;

import java.io.IOException;
import java.util.Optional;

/** Puts blocks into one archive after the other and hands full ones to a sink. For one thread at a time. */
final class ArchiveSeries {

    private final SpoolPool pool;
    private final int target;
    private final ArchiveSink sink;
    private Optional<ArchiveBuilder> current = Optional.empty();

    ArchiveSeries(SpoolPool pool, int target, ArchiveSink sink) {
        this.pool = pool;
        this.target = target;
        this.sink = sink;
    }

    void append(StreamHeader header, SealedBlock block) throws IOException, InterruptedException {
        if (current.isPresent() && !current.get().hasRoomFor(header, block)) {
            finish();
        }
        if (current.isEmpty()) {
            current = Optional.of(ArchiveBuilder.begin(pool, target, header, block));
        }
        current.get().append(header, block);
    }

    /** Ends the archive, if one was begun. */
    void finish() throws IOException, InterruptedException {
        if (current.isEmpty()) {
            return;
        }
        FinishedArchive archive = current.get().finish();
        current = Optional.empty();
        boolean taken = false;
        try {
            sink.accept(archive);
            taken = true;
        } finally {
            if (!taken) {
                archive.release();
            }
        }
    }

    /** Drops the archive that was begun. */
    void release() {
        current.ifPresent(ArchiveBuilder::release);
        current = Optional.empty();
    }
}
