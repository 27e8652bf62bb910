package io.jenkins.plugins.provenbackup.engine;

import io.jenkins.plugins.provenbackup.engine.archive.Codec;
import io.jenkins.plugins.provenbackup.engine.catalog.CatalogReader;
import io.jenkins.plugins.provenbackup.engine.catalog.SegmentSealing;
import io.jenkins.plugins.provenbackup.engine.crypto.CipherWarmUp;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.transfer.BlockCache;
import io.jenkins.plugins.provenbackup.engine.transfer.BlockLoader;
import io.jenkins.plugins.provenbackup.engine.transfer.CatalogFetcher;
import io.jenkins.plugins.provenbackup.engine.transfer.FailoverListener;
import io.jenkins.plugins.provenbackup.engine.transfer.FileContentReader;
import io.jenkins.plugins.provenbackup.engine.transfer.StreamKeys;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Everything that reading the content of one snapshot takes: its catalog, and blocks loaded on threads of their own. */
public final class SnapshotReading implements AutoCloseable {

    private static final long CACHE = 40 << 20;

    /** Reading less does without a fast cipher. */
    private static final long WORTH_WARMING_UP = 8 << 20;

    private final SegmentSealing sealing;
    private final CatalogReader catalog;
    private final ExecutorService loaders;
    private final BlockLoader loader;
    private final FileContentReader contents;

    public SnapshotReading(
            Manifest manifest,
            SourceKey key,
            StreamKeys keys,
            List<Replica> replicas,
            BlockLoader.Access access,
            FailoverListener listener)
            throws IOException {
        Codec codec = Codec.shared();
        this.sealing = SegmentSealing.of(key, manifest.epoch(), codec);
        this.catalog = new CatalogReader(manifest.facts().catalog(), sealing, new CatalogFetcher(replicas));
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        this.loaders = Executors.newFixedThreadPool(threads, new NamedThreads("loader"));
        this.loader = new BlockLoader(
                replicas, manifest.archives(), header -> own(keys.open(header), manifest), codec, access, listener);
        this.contents = new FileContentReader(new BlockCache(loader, loaders, CACHE), manifest.moved());
        if (access == BlockLoader.Access.IN_ORDER && manifest.totals().bytes() > WORTH_WARMING_UP) {
            warmUp(threads);
        }
    }

    /** The loaders begin when the cipher is fast; whoever reads the catalog need not wait for that. */
    private void warmUp(int threads) {
        CipherWarmUp.begin();
        for (int i = 0; i < threads; i++) {
            loaders.execute(() -> {
                try {
                    CipherWarmUp.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    /** A snapshot names streams of its own source and epoch only. */
    private static StreamKey own(StreamKey stream, Manifest manifest) throws DamagedException {
        if (stream.sourceId().equals(manifest.sourceId()) && stream.epoch() == manifest.epoch()) {
            return stream;
        }
        stream.close();
        throw new DamagedException("Snapshot " + manifest.id().brief() + " names content of another source, or of other"
                + " keys: a faulty program made it, or somebody who wants to see what is not his.");
    }

    public CatalogReader catalog() {
        return catalog;
    }

    public FileContentReader contents() {
        return contents;
    }

    @Override
    public void close() {
        loaders.shutdownNow();
        try {
            loaders.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        loader.close();
        sealing.close();
    }
}
