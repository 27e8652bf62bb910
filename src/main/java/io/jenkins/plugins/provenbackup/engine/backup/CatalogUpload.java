package io.jenkins.plugins.provenbackup.engine.backup;

import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.catalog.CatalogObject;
import io.jenkins.plugins.provenbackup.engine.catalog.CatalogObjectSink;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.storage.Payload;
import io.jenkins.plugins.provenbackup.engine.transfer.Uploads;
import java.io.IOException;

/** Puts catalog objects at every destination that is well. For one thread. */
final class CatalogUpload implements CatalogObjectSink {

    private final Uploads uploads;
    private final ProgressListener progress;
    private long bytes;

    CatalogUpload(Uploads uploads, ProgressListener progress) {
        this.uploads = uploads;
        this.progress = progress;
    }

    @Override
    public void accept(CatalogObject object, Payload payload) throws IOException {
        bytes += object.size();
        for (Replica replica : uploads.healthy()) {
            try {
                replica.storage().put(Layout.catalog(object.hash()), payload);
                progress.transferred(object.size());
            } catch (IOException e) {
                uploads.fail(replica, e);
            }
        }
        uploads.requireOne();
    }

    /** Bytes of all objects, counted once. */
    long bytes() {
        return bytes;
    }
}
