package io.jenkins.plugins.provenbackup.engine.repository;

import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.storage.Payload;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** A small object in memory. */
public final class BytesPayload implements Payload {

    private final byte[] content;
    private final ObjectHash hash;

    /** Takes the bytes over; the caller does not change them any more. */
    public BytesPayload(byte[] content) {
        this.content = content;
        this.hash = ObjectHash.ofContent(content);
    }

    public ObjectHash hash() {
        return hash;
    }

    @Override
    public long size() {
        return content.length;
    }

    @Override
    public byte[] sha256() {
        return hash.toByteArray();
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(content);
    }
}
