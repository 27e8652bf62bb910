package io.jenkins.plugins.provenbackup.engine.archive;

import java.io.IOException;

/**
 * Builds archives from blocks of other archives, as they are, which needs no key. Blocks of several streams may share an
 * archive. For one thread at a time.
 */
public final class ArchiveCopy implements AutoCloseable {

    private final ArchiveSeries archives;

    /**
     * A copy that has begun nothing.
     *
     * @param target bytes up to which an archive is filled
     * @param sink takes the archives, on the thread that calls this object
     */
    public ArchiveCopy(SpoolPool pool, int target, ArchiveSink sink) {
        this.archives = new ArchiveSeries(pool, target, sink);
    }

    /**
     * Adds a block.
     *
     * @param streamHeader the header of its stream
     * @throws IllegalArgumentException when the block says that it belongs to another stream
     */
    public void add(byte[] streamHeader, SealedBlock block) throws IOException, InterruptedException {
        StreamHeader header = StreamHeader.of(streamHeader);
        if (!header.id().equals(block.stream())) {
            throw new IllegalArgumentException(
                    "block " + block.number() + " of stream " + block.stream() + " is not of stream " + header.id());
        }
        archives.append(header, block);
    }

    /** Hands the last archive to the sink. */
    public void finish() throws IOException, InterruptedException {
        archives.finish();
    }

    /** Drops what is not finished. */
    @Override
    public void close() {
        archives.release();
    }
}
