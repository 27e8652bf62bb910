package io.jenkins.plugins.provenbackup.engine;

import io.jenkins.plugins.provenbackup.engine.storage.Payload;
import io.jenkins.plugins.provenbackup.engine.storage.PutOutcome;
import io.jenkins.plugins.provenbackup.engine.storage.Retention;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A storage that keeps one object until a date. */
record LockedStorage(Storage inner, String locked, Instant until) implements Storage {

    @Override
    public Optional<Retention> retention() {
        return Optional.of(new Retention() {
            @Override
            public Optional<Duration> period() {
                return Optional.empty();
            }

            @Override
            public Instant retainUntil(String name, Instant date) {
                return date;
            }

            @Override
            public Optional<Instant> retainedUntil(String name) {
                return name.equals(locked) ? Optional.of(until) : Optional.empty();
            }
        });
    }

    @Override
    public String location() {
        return inner.location();
    }

    @Override
    public PutOutcome put(String name, Payload payload) throws StorageException {
        return inner.put(name, payload);
    }

    @Override
    public InputStream open(String name) throws StorageException {
        return inner.open(name);
    }

    @Override
    public byte[] read(String name, long offset, int length) throws StorageException {
        return inner.read(name, offset, length);
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
    public void close() {
        inner.close();
    }
}
