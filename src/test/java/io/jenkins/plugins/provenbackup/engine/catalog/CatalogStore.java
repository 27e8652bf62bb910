package io.jenkins.plugins.provenbackup.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.archive.Codec;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.RepositoryId;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.crypto.UnknownEpochException;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.storage.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Catalog objects in memory, with the keys of one source. */
final class CatalogStore implements CatalogObjectSink, SegmentSource {

    final SegmentSealing sealing = newSealing();
    final Map<ObjectHash, byte[]> objects = new LinkedHashMap<>();
    final List<SegmentRef> fetched = new ArrayList<>();

    static SegmentSealing newSealing() {
        try (RecoveryKey recovery = RecoveryKey.generate(RepositoryId.random());
                SourceKey key = recovery.backupKey().source("home")) {
            return SegmentSealing.of(key, key.newestEpoch(), new Codec(3, reason -> {}));
        } catch (UnknownEpochException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void accept(CatalogObject object, Payload payload) throws IOException {
        try (InputStream in = payload.open()) {
            byte[] bytes = in.readAllBytes();
            assertThat(ObjectHash.ofContent(bytes)).isEqualTo(object.hash());
            assertThat(ObjectHash.of(payload.sha256())).isEqualTo(object.hash());
            assertThat((long) bytes.length).isEqualTo(object.size()).isEqualTo(payload.size());
            objects.put(object.hash(), bytes);
        }
    }

    @Override
    public byte[] sealed(SegmentRef segment) {
        fetched.add(segment);
        int from = (int) segment.offset();
        return Arrays.copyOfRange(objects.get(segment.object().hash()), from, from + segment.length());
    }

    long bytes() {
        return objects.values().stream().mapToLong(bytes -> bytes.length).sum();
    }

    CatalogReader reader(Catalog catalog) {
        return new CatalogReader(catalog, sealing, this);
    }

    CatalogWriter writer(Map<SegmentId, SegmentRef> known) {
        return new CatalogWriter(sealing, known, this, CatalogWriter.Options.standard());
    }

    Catalog write(List<Entry> entries) throws Exception {
        return write(entries, Map.of());
    }

    Catalog write(List<Entry> entries, Map<SegmentId, SegmentRef> known) throws Exception {
        CatalogWriter writer = writer(known);
        for (Entry entry : entries) {
            writer.add(entry);
        }
        return writer.finish();
    }

    static List<Entry> all(EntryStream stream) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (var next = stream.next(); next.isPresent(); next = stream.next()) {
            entries.add(next.get().entry());
        }
        return entries;
    }

    static List<Extent> all(ExtentStream stream) throws IOException {
        List<Extent> extents = new ArrayList<>();
        for (var next = stream.next(); next.isPresent(); next = stream.next()) {
            extents.add(next.get());
        }
        return extents;
    }
}
