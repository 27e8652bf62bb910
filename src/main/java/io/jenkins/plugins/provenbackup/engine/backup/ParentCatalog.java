package io.jenkins.plugins.provenbackup.engine.backup;

import io.jenkins.plugins.provenbackup.engine.catalog.ContentSource;
import io.jenkins.plugins.provenbackup.engine.catalog.Entry;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryStream;
import io.jenkins.plugins.provenbackup.engine.catalog.ExtentStream;
import io.jenkins.plugins.provenbackup.engine.catalog.MalformedException;
import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;

/**
 * Tells damage in a parent's catalog, which only costs that parent, from everything else that can go wrong. For one thread.
 *
 * @param id hexadecimal id of the snapshot or run
 * @param contents its files' extents
 */
record ParentCatalog(String id, ContentSource contents) implements ContentSource {

    /** Reads something of the catalog. */
    interface Reading<T> {
        T read() throws IOException;
    }

    /** The entries, guarded. */
    EntryStream guard(EntryStream entries) {
        return () -> read(entries::next);
    }

    @Override
    public ExtentStream extents(Entry entry) {
        ExtentStream extents = contents.extents(entry);
        return () -> read(extents::next);
    }

    /**
     * Reads.
     *
     * @throws UnusableParentException when the catalog is damaged or gone
     */
    <T> T read(Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (CryptoException | MalformedException | StorageException.Missing e) {
            throw new UnusableParentException(id, e);
        }
    }
}
