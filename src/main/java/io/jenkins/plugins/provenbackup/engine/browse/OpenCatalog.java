package io.jenkins.plugins.provenbackup.engine.browse;

import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.archive.Codec;
import io.jenkins.plugins.provenbackup.engine.catalog.CatalogReader;
import io.jenkins.plugins.provenbackup.engine.catalog.SegmentSealing;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.transfer.CatalogFetcher;
import java.io.IOException;
import java.util.List;

/** A snapshot's catalog, ready to be read. For one thread. */
final class OpenCatalog implements AutoCloseable {

    private final SegmentSealing sealing;
    private final CatalogReader reader;

    private OpenCatalog(SegmentSealing sealing, CatalogReader reader) {
        this.sealing = sealing;
        this.reader = reader;
    }

    static OpenCatalog of(Manifest manifest, AccessKey key, List<Replica> replicas) throws IOException {
        try (SourceKey sourceKey = key.sourceKey(manifest.sourceId())
                .orElseThrow(() -> new RefusedException("The " + key.kind().label() + " does not cover the source '"
                        + manifest.source() + "'. Use the backup key or the recovery key."))) {
            SegmentSealing sealing = SegmentSealing.of(sourceKey, manifest.epoch(), Codec.shared());
            return new OpenCatalog(
                    sealing, new CatalogReader(manifest.facts().catalog(), sealing, new CatalogFetcher(replicas)));
        }
    }

    CatalogReader reader() {
        return reader;
    }

    @Override
    public void close() {
        sealing.close();
    }
}
