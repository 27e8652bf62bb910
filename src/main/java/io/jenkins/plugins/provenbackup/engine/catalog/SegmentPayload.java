package io.jenkins.plugins.provenbackup.engine.catalog;

import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.storage.Payload;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;

/** A catalog object in memory, as the parts that it is made of. */
final class SegmentPayload implements Payload {

    private final List<byte[]> parts;
    private final CatalogObject object;

    SegmentPayload(List<byte[]> parts, long size, ObjectHash hash) {
        this.parts = List.copyOf(parts);
        this.object = new CatalogObject(hash, size);
    }

    CatalogObject object() {
        return object;
    }

    @Override
    public long size() {
        return object.size();
    }

    @Override
    public byte[] sha256() {
        return object.hash().toByteArray();
    }

    @Override
    public InputStream open() {
        List<ByteArrayInputStream> streams =
                parts.stream().map(ByteArrayInputStream::new).toList();
        return new SequenceInputStream(Collections.enumeration(streams));
    }
}
