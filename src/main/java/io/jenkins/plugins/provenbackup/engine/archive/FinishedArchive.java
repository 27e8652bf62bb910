package io.jenkins.plugins.provenbackup.engine.archive;

import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.storage.Payload;
import java.io.InputStream;
import java.util.List;

/** A complete archive, spooled: encrypted bytes in memory or in a temporary file. Safe for use by several threads. */
public final class FinishedArchive {

    private final ObjectHash hash;
    private final long size;
    private final List<BlockRange> ranges;
    private final Spool spool;

    FinishedArchive(ObjectHash hash, List<BlockRange> ranges, Spool spool) {
        this.hash = hash;
        this.size = spool.size();
        this.ranges = List.copyOf(ranges);
        this.spool = spool;
    }

    /** SHA-256 of the archive, which is its name. */
    public ObjectHash hash() {
        return hash;
    }

    /** Length in bytes. */
    public long size() {
        return size;
    }

    /** The blocks that it holds. */
    public List<BlockRange> ranges() {
        return ranges;
    }

    /** The archive's bytes. Its streams fail once the archive is released. */
    public Payload payload() {
        return new Payload() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public byte[] sha256() {
                return hash.toByteArray();
            }

            @Override
            public InputStream open() {
                return new SpoolStream(spool);
            }
        };
    }

    /** Gives memory and temporary file back. To be called when the last destination is done; more calls do nothing. */
    public void release() {
        spool.release();
    }
}
