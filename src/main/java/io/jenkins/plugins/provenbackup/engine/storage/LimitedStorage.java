package io.jenkins.plugins.provenbackup.engine.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Keeps uploads and downloads below a rate each; several storages may share a limit. Safe for several threads. */
public final class LimitedStorage implements Storage {

    private final Storage inner;
    private final Optional<RateLimit> upload;
    private final Optional<RateLimit> download;

    public LimitedStorage(Storage inner, Optional<RateLimit> upload, Optional<RateLimit> download) {
        this.inner = inner;
        this.upload = upload;
        this.download = download;
    }

    @Override
    public String location() {
        return inner.location();
    }

    @Override
    public PutOutcome put(String name, Payload payload) throws StorageException {
        return inner.put(name, limited(payload));
    }

    @Override
    public void replace(String name, Payload payload) throws StorageException {
        inner.replace(name, limited(payload));
    }

    @Override
    public InputStream open(String name) throws StorageException {
        InputStream stream = inner.open(name);
        return download.<InputStream>map(limit -> new LimitedInputStream(stream, limit))
                .orElse(stream);
    }

    @Override
    public byte[] read(String name, long offset, int length) throws StorageException {
        byte[] bytes = inner.read(name, offset, length);
        if (download.isPresent()) {
            acquire(download.get(), bytes.length);
        }
        return bytes;
    }

    @Override
    public void read(String name, long offset, int length, byte[] target) throws StorageException {
        inner.read(name, offset, length, target);
        if (download.isPresent()) {
            acquire(download.get(), length);
        }
    }

    @Override
    public OptionalLong size(String name) throws StorageException {
        return inner.size(name);
    }

    @Override
    public List<StoredObject> list(String folder) throws StorageException {
        return inner.list(folder);
    }

    @Override
    public void delete(String name) throws StorageException {
        inner.delete(name);
    }

    @Override
    public List<StoredObject> leftovers() throws StorageException {
        return inner.leftovers();
    }

    @Override
    public Optional<Retention> retention() {
        return inner.retention();
    }

    @Override
    public Optional<Versions> versions() {
        return inner.versions();
    }

    @Override
    public void close() {
        inner.close();
    }

    @Override
    public String toString() {
        return "LimitedStorage[" + inner + "]";
    }

    private Payload limited(Payload payload) {
        return upload.<Payload>map(limit -> new LimitedPayload(payload, limit)).orElse(payload);
    }

    static void acquire(RateLimit limit, long bytes) throws StorageException {
        try {
            limit.acquire(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException("Interrupted while waiting for the rate limit", e);
        }
    }

    private record LimitedPayload(Payload payload, RateLimit limit) implements Payload {
        @Override
        public long size() {
            return payload.size();
        }

        @Override
        public byte[] sha256() {
            return payload.sha256();
        }

        @Override
        public InputStream open() throws IOException {
            return new LimitedInputStream(payload.open(), limit);
        }
    }
}
