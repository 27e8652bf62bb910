package io.jenkins.plugins.provenbackup.jenkins.execution;

import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.source.Source;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/** What is backed up, as an order names it; opened where the data is. */
interface ReadableSource extends Serializable, AutoCloseable {

    /**
     * Something that can be read.
     *
     * @throws IOException when it is not there, or not what may be backed up, in words for the user
     */
    Source open() throws IOException;

    /** What the snapshot says it was taken of. */
    List<ByteString> roots() throws IOException;

    /** Frees what it holds, and wipes what it knows. */
    @Override
    default void close() {}
}
