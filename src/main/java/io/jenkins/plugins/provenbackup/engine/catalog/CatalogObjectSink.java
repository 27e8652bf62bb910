package io.jenkins.plugins.provenbackup.engine.catalog;

import io.jenkins.plugins.provenbackup.engine.storage.Payload;
import java.io.IOException;

/** Takes the catalog objects that a writer finishes; each is at most about 16 MiB and lies in memory until let go. */
public interface CatalogObjectSink {

    /**
     * Takes an object; it need not be stored when this returns.
     *
     * @throws InterruptedException when the thread was interrupted while waiting for room
     */
    void accept(CatalogObject object, Payload payload) throws IOException, InterruptedException;
}
