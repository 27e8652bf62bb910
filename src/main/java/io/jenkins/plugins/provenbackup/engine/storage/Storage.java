package io.jenkins.plugins.provenbackup.engine.storage;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The few verbs that a repository needs of the place that holds it.
 *
 * <p>Objects are written once and never changed. Names are relative paths of ASCII letters, digits, {@code .}, {@code -}
 * and {@code _}, separated by {@code /}. Every method may be called from several threads at once. Every method fails with
 * a {@link StorageException} that names the object and the destination; none waits longer than the timeouts that the
 * storage was opened with. An interrupt of the calling thread ends a call early with a {@code StorageException}.
 */
public interface Storage extends AutoCloseable {

    /** The location for messages: a path or URI without credentials. */
    String location();

    /**
     * Stores a new object; it is complete and durable when this returns, and never seen half written under its name.
     *
     * @throws StorageException.Conflict when another object of this name, with other content, is there already
     */
    PutOutcome put(String name, Payload payload) throws StorageException;

    /**
     * Stores an object in the place of another of its name, or a new one. Only for the one mutable object, which no program
     * reads. A storage that can do it in one step does; this default leaves a moment without the object.
     */
    default void replace(String name, Payload payload) throws StorageException {
        delete(name);
        put(name, payload);
    }

    /**
     * The whole object. The caller closes the stream, whose own read errors are {@link StorageException}s.
     *
     * @throws StorageException.Missing when there is no such object
     */
    InputStream open(String name) throws StorageException;

    /**
     * Exactly {@code length} bytes from {@code offset}.
     *
     * @throws StorageException.Missing when there is no such object
     * @throws StorageException when the object is shorter than {@code offset + length}
     */
    byte[] read(String name, long offset, int length) throws StorageException;

    /**
     * Puts exactly {@code length} bytes from {@code offset} at the start of an array of at least that length, which was used
     * before or will be used again. On an error its content is undefined. Throws as the other one.
     */
    default void read(String name, long offset, int length, byte[] target) throws StorageException {
        System.arraycopy(read(name, offset, length), 0, target, 0, length);
    }

    /** The size in bytes, or empty when there is no such object. */
    OptionalLong size(String name) throws StorageException;

    /**
     * All objects whose name begins with {@code folder} and a slash (all objects for the empty string), at any depth,
     * in no particular order, without temporary leftovers. An absent folder is an empty list.
     */
    List<StoredObject> list(String folder) throws StorageException;

    /** Removes an object; one that is not there is no error. */
    void delete(String name) throws StorageException;

    /**
     * What interrupted puts left behind, and puts that are under way: objects that no other method shows. They are removed with
     * {@link #delete}. Empty where a put leaves nothing.
     */
    default List<StoredObject> leftovers() throws StorageException {
        return List.of();
    }

    /** Immutable storage, where there is such a thing. */
    default Optional<Retention> retention() {
        return Optional.empty();
    }

    /** Older versions of objects, where the storage keeps them. */
    default Optional<Versions> versions() {
        return Optional.empty();
    }

    @Override
    void close();
}
