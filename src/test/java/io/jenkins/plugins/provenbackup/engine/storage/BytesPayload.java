package io.jenkins.plugins.provenbackup.engine.storage;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;

/** A payload in memory, for tests. */
public final class BytesPayload implements Payload {

    private final byte[] bytes;
    private final byte[] sha256;

    private BytesPayload(byte[] bytes) {
        this.bytes = bytes;
        try {
            sha256 = MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    public static BytesPayload of(byte[] bytes) {
        return new BytesPayload(bytes.clone());
    }

    public static BytesPayload of(String text) {
        return new BytesPayload(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same seed gives the same bytes. */
    public static BytesPayload random(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return new BytesPayload(bytes);
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public byte[] sha256() {
        return sha256.clone();
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(bytes);
    }
}
