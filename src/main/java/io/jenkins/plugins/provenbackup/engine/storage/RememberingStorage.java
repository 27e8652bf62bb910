package io.jenkins.plugins.provenbackup.engine.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** A storage that takes from a memory what it has listed unchanged. Safe for several threads. */
final class RememberingStorage implements Storage {

    private static final long LARGEST = 1 << 20;

    private final Storage inner;
    private final ObjectMemory memory;

    /** As they were listed since this was opened. */
    private final Map<String, StoredObject> listed = new ConcurrentHashMap<>();

    RememberingStorage(Storage inner, ObjectMemory memory) {
        this.inner = inner;
        this.memory = memory;
    }

    @Override
    public String location() {
        return inner.location();
    }

    @Override
    public List<StoredObject> list(String folder) throws StorageException {
        List<StoredObject> objects = inner.list(folder);
        List<StoredObject> kept = objects.stream()
                .filter(object -> memory.keeps(object.name()) && object.size() <= LARGEST)
                .toList();
        listed.keySet().removeIf(name -> ObjectMemory.isBelow(name, folder));
        memory.retain(location(), folder, kept);
        kept.forEach(object -> listed.put(object.name(), object));
        return objects;
    }

    @Override
    public InputStream open(String name) throws StorageException {
        StoredObject object = listed.get(name);
        if (object == null) {
            return inner.open(name);
        }
        Optional<byte[]> known = memory.find(location(), object);
        return known.isPresent() ? new ByteArrayInputStream(known.get()) : read(object);
    }

    private InputStream read(StoredObject object) throws StorageException {
        int size = (int) object.size();
        byte[] content;
        try (InputStream in = inner.open(object.name())) {
            content = in.readNBytes(size + 1);
        } catch (StorageException e) {
            throw e;
        } catch (IOException e) {
            throw new StorageException("Reading " + object.name() + " at " + location() + " failed", e);
        }
        if (content.length != size) {
            // It is not what was listed.
            memory.forget(location(), object.name());
            return inner.open(object.name());
        }
        memory.put(location(), object, content);
        return new ByteArrayInputStream(content);
    }

    @Override
    public byte[] read(String name, long offset, int length) throws StorageException {
        return inner.read(name, offset, length);
    }

    @Override
    public void read(String name, long offset, int length, byte[] target) throws StorageException {
        inner.read(name, offset, length, target);
    }

    @Override
    public OptionalLong size(String name) throws StorageException {
        return inner.size(name);
    }

    @Override
    public PutOutcome put(String name, Payload payload) throws StorageException {
        forget(name);
        return inner.put(name, payload);
    }

    @Override
    public void replace(String name, Payload payload) throws StorageException {
        forget(name);
        inner.replace(name, payload);
    }

    @Override
    public void delete(String name) throws StorageException {
        forget(name);
        inner.delete(name);
    }

    private void forget(String name) {
        listed.remove(name);
        memory.forget(location(), name);
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
        return "RememberingStorage[" + inner + "]";
    }
}
