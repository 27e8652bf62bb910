package io.jenkins.plugins.provenbackup.engine.archive;

import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Keeps archives as bytes and releases them at once. */
final class CollectingSink implements ArchiveSink {

    record Kept(ObjectHash hash, List<BlockRange> ranges, byte[] bytes) {}

    private final List<Kept> kept = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void accept(FinishedArchive archive) throws IOException {
        try (InputStream in = archive.payload().open()) {
            kept.add(new Kept(archive.hash(), archive.ranges(), in.readAllBytes()));
        }
        archive.release();
    }

    List<Kept> kept() {
        return List.copyOf(kept);
    }
}
