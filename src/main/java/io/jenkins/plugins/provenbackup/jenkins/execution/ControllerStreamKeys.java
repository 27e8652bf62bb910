package io.jenkins.plugins.provenbackup.jenkins.execution;

import hudson.AbortException;
import io.jenkins.plugins.provenbackup.engine.archive.BlockRange;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import io.jenkins.plugins.provenbackup.engine.repository.ArchiveTable;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Unwraps the streams of one snapshot, and of its source, and no others. An agent can write a false manifest of its own source that
 * names streams of another one; the header of a stream says, authenticated, whose it is. Closing wipes the recovery key. Safe for use
 * by several threads.
 */
final class ControllerStreamKeys implements StreamKeySource, AutoCloseable {

    private final RecoveryKey recovery;
    private final Manifest manifest;
    private final Set<StreamId> named = new HashSet<>();
    private boolean isClosed;

    /** Takes over the recovery key. */
    ControllerStreamKeys(RecoveryKey recovery, Manifest manifest) {
        this.recovery = recovery;
        this.manifest = manifest;
        for (ArchiveTable.Row row : manifest.archives().archives()) {
            for (BlockRange range : row.ranges()) {
                named.add(range.stream());
            }
        }
    }

    @Override
    public synchronized byte[] key(byte[] header) throws IOException {
        if (isClosed) {
            throw new AbortException("The restore has ended, so no more keys are given out.");
        }
        if (header.length != StreamKey.HEADER_LENGTH || !named.contains(StreamKey.idOf(header))) {
            throw refused();
        }
        try (StreamKey key = StreamKey.open(header, recovery)) {
            if (!key.sourceId().equals(manifest.sourceId())) {
                throw refused();
            }
            return key.export();
        }
    }

    private AbortException refused() {
        return new AbortException("The agent asked for a stream that is not part of snapshot "
                + manifest.id().brief() + " of '" + manifest.source() + "'; its key stays here.");
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        recovery.close();
    }

    @Override
    public String toString() {
        return "stream keys of snapshot " + manifest.id().brief();
    }
}
