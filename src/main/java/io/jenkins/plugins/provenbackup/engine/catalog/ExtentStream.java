package io.jenkins.plugins.provenbackup.engine.catalog;

import java.io.IOException;
import java.util.Optional;

/** The extents of one file in order. For one thread. */
public interface ExtentStream {

    /**
     * The next extent, or empty at the end and ever after.
     *
     * @throws MalformedException when the extents do not add up to the size of the file, or a segment is not what it should be
     */
    Optional<Extent> next() throws IOException;
}
