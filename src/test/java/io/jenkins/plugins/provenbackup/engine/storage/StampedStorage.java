package io.jenkins.plugins.provenbackup.engine.storage;

import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** Time stamps from a clock of the test; what was put through another one has the present. Safe for several threads. */
public final class StampedStorage implements Storage {

    private final Storage inner;
    private final Clock clock;
    private final Map<String, Instant> stamps;

    private StampedStorage(Storage inner, Clock clock, Map<String, Instant> stamps) {
        this.inner = inner;
        this.clock = clock;
        this.stamps = stamps;
    }

    public static StampedStorage over(Storage inner, Clock clock) {
        return new StampedStorage(inner, clock, new ConcurrentHashMap<>());
    }

    @Override
    public String location() {
        return inner.location();
    }

    @Override
    public PutOutcome put(String name, Payload payload) throws StorageException {
        PutOutcome outcome = inner.put(name, payload);
        stamps.putIfAbsent(name, clock.instant());
        return outcome;
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
        return inner.list(folder).stream()
                .map(object -> new StoredObject(
                        object.name(), object.size(), stamps.getOrDefault(object.name(), clock.instant())))
                .toList();
    }

    @Override
    public void delete(String name) throws StorageException {
        inner.delete(name);
        stamps.remove(name);
    }

    @Override
    public List<StoredObject> leftovers() throws StorageException {
        // What was begun a moment ago, by the true clock, was begun now.
        Instant recent = Instant.now().minus(Duration.ofHours(1));
        return inner.leftovers().stream()
                .map(object -> object.modified().isAfter(recent)
                                && object.modified().isBefore(Instant.now().plusSeconds(1))
                        ? new StoredObject(object.name(), object.size(), clock.instant())
                        : object)
                .toList();
    }

    @Override
    public void close() {
        inner.close();
    }
}
