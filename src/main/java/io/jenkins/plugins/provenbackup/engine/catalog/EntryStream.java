package io.jenkins.plugins.provenbackup.engine.catalog;

import java.io.IOException;
import java.util.Optional;

/** Entries in strictly rising order of their paths. For one thread. */
public interface EntryStream {

    /**
     * The next entry, or empty at the end and ever after.
     *
     * @throws MalformedException when what was read is no legal catalog
     * @throws io.jenkins.plugins.provenbackup.engine.crypto.CryptoException when a segment is damaged or the key is another
     */
    Optional<StoredEntry> next() throws IOException;
}
