package io.jenkins.plugins.provenbackup.engine.source;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;

/** The open content of a file. Reads that fail throw {@link IOException}; for one thread at a time. */
public interface SourceContent extends ReadableByteChannel {

    /**
     * Whether the file is no longer what its item says (size, mtime, ctime or inode differ, or it is gone), so that what
     * was read may be a mixture. To be asked after the last byte was read and before closing.
     *
     * @throws IOException when this cannot be found out, or when what gave the content says that it was not all: the
     *     content must then not count as backed up
     */
    boolean changed() throws IOException;
}
