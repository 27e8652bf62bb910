package io.jenkins.plugins.provenbackup.engine.source;

import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import java.io.IOException;
import java.util.Optional;

/** What an earlier walk of the same source found, in the order of a walk. For one thread. */
public interface Recollection {

    /** Id of the snapshot that keeps it, in hexadecimal digits. */
    String snapshot();

    /** The next entry, with everything; empty at the end and ever after. */
    Optional<Node> next() throws IOException;
}
