package io.jenkins.plugins.provenbackup.engine.source;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;

/**
 * The open content of a file; for one thread at a time. A read that fails throws {@link java.io.IOException}, which leaves out
 * this entry; a {@link SourceException} says that the whole run has failed (a command that ended with an error), and
 * {@link java.nio.channels.ClosedByInterruptException} that the thread was interrupted.
 */
public interface SourceContent extends ReadableByteChannel {

    /**
     * Whether the file is no longer what its item says (size, mtime, ctime or inode differ, or it is gone), so that what
     * was read may be a mixture. To be asked after the last byte was read and before closing.
     *
     * @throws IOException when this cannot be found out
     */
    boolean changed() throws IOException;
}
