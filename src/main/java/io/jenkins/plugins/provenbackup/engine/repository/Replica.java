package io.jenkins.plugins.provenbackup.engine.repository;

import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.crypto.RepositoryId;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectMemory;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** One destination's repository. Safe for use by several threads. */
public final class Replica implements AutoCloseable {

    /** No object that is read into memory as a whole is longer: a body of at most 256 MiB, and its header. */
    private static final int LARGEST = 1 << 29;

    // It is held next to what is decrypted and unpacked from it, and a destination must not be able to exhaust a small
    // heap.
    private static final int SHARE_OF_HEAP = 4;

    private static final int LARGEST_DOCUMENT = 1 << 20;

    private final Storage storage;
    private final byte[] document;
    private final RepositoryConfig config;

    private Replica(Storage storage, byte[] document, RepositoryConfig config) {
        this.storage = storage;
        this.document = document;
        this.config = config;
    }

    /**
     * Reads what repository is there, without a key; {@link #verify} comes next.
     *
     * @throws StorageException.Missing when there is none
     * @throws IOException when it cannot be read, or is of a format that this program does not know
     */
    public static Replica open(Storage storage) throws IOException {
        byte[] document;
        try (InputStream in = storage.open(Layout.REPOSITORY)) {
            document = in.readNBytes(LARGEST_DOCUMENT);
        } catch (StorageException.Missing e) {
            throw new StorageException.Missing("There is no repository at " + storage.location() + ": it has no "
                    + Layout.REPOSITORY + ". Check the location, or create one with 'init'.");
        }
        return new Replica(storage, document, RepositoryConfig.parse(document, name(storage, Layout.REPOSITORY)));
    }

    /**
     * Checks that the repository is the one that the key was made for.
     *
     * @throws IOException when it is another repository, or its description was not signed by this one's owner
     */
    public void verify(AccessKey key) throws IOException {
        config.verify(document, key, name(storage, Layout.REPOSITORY));
    }

    /** The same, whose small objects are read through a memory of what was read before. Closing either closes the destination. */
    public Replica through(ObjectMemory memory) {
        return new Replica(memory.over(storage), document, config);
    }

    /** The destination, for messages. */
    public String location() {
        return storage.location();
    }

    public Storage storage() {
        return storage;
    }

    public RepositoryConfig config() {
        return config;
    }

    public RepositoryId id() {
        return config.id();
    }

    /** The signed description as it lies there. */
    byte[] document() {
        return document.clone();
    }

    /** Whether both destinations hold the same signed description, byte for byte. */
    public boolean describesLike(Replica other) {
        return Arrays.equals(document, other.document);
    }

    /** An object for messages: its destination and name. */
    public String name(String object) {
        return name(storage, object);
    }

    /**
     * A whole object, which must be there.
     *
     * @throws DamagedException when it is longer than any that this program writes, or than this Java's memory allows
     */
    public byte[] read(String object) throws IOException {
        long heap = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
        int limit = (int) Math.min(LARGEST, heap);
        try (InputStream in = storage.open(object)) {
            byte[] content = in.readNBytes(limit + 1);
            if (content.length > limit) {
                throw new DamagedException(name(object) + " is damaged: it has more than " + (limit >> 20) + " MiB"
                        + (limit < LARGEST
                                ? ", or this Java has too little memory for it (give it more with -Xmx)."
                                : ".")
                        + " Copy it from another destination.");
            }
            return content;
        }
    }

    /**
     * A whole document of at most 1 MiB, which must be there.
     *
     * @throws DamagedException when it is longer
     */
    byte[] readDocument(String object) throws IOException {
        try (InputStream in = storage.open(object)) {
            byte[] content = in.readNBytes(LARGEST_DOCUMENT + 1);
            if (content.length > LARGEST_DOCUMENT) {
                throw new DamagedException(
                        name(object) + " is damaged: it has more than 1 MiB." + " Copy it from another destination.");
            }
            return content;
        }
    }

    /**
     * A whole object whose content fits the hash.
     *
     * @throws StorageException.Missing when it is not there
     * @throws DamagedException when it is something else
     */
    public byte[] read(String object, ObjectHash hash) throws IOException {
        try {
            return readIntact(object, hash);
        } catch (StorageException.Missing | DamagedException e) {
            if (recover(object, hash, e)) {
                return readIntact(object, hash);
            }
            throw e;
        }
    }

    /**
     * After an object was found missing or damaged: makes this replica read the version of it whose content fits the hash,
     * where the storage keeps versions.
     *
     * @param why what was found; what goes wrong here is added to it
     * @return whether there is such a version
     */
    public boolean recover(String object, ObjectHash hash, IOException why) {
        try {
            return storage.versions().isPresent() && storage.versions().get().select(object, hash);
        } catch (IOException e) {
            why.addSuppressed(e);
            return false;
        }
    }

    private byte[] readIntact(String object, ObjectHash hash) throws IOException {
        byte[] content = read(object);
        if (!ObjectHash.ofContent(content).equals(hash)) {
            throw new DamagedException(name(object) + " is damaged: its content does not hash to its name."
                    + " Use another destination, or 'verify --repair' to copy an intact one here.");
        }
        return content;
    }

    /** A whole object, or empty when there is none. */
    public Optional<byte[]> find(String object) throws IOException {
        try {
            return Optional.of(read(object));
        } catch (StorageException.Missing e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        storage.close();
    }

    @Override
    public String toString() {
        return "repository " + config.id() + " at " + storage.location();
    }

    private static String name(Storage storage, String object) {
        String location = storage.location();
        return location + (location.endsWith("/") ? "" : "/") + object;
    }
}
