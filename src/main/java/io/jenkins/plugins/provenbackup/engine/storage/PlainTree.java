package io.jenkins.plugins.provenbackup.engine.storage;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * A folder of plain files that everybody can browse, with names and attributes as they are: what a mirror is written to.
 *
 * <p>Paths are relative, raw bytes, separated by {@code /}; the empty one is the folder itself. A name that the storage
 * cannot hold is refused with {@link StorageException.BadName} and never changed. Every method may be called from several
 * threads at once, follows no link, fails with a {@link StorageException}, and ends early when its thread is interrupted.
 */
public interface PlainTree extends AutoCloseable {

    /** What the names of files that are not finished look like; without a dot where servers hide such names. */
    Pattern TEMPORARY = Pattern.compile("\\.?proven-backup-[0-9a-z]{1,32}\\.tmp");

    /** A fresh random name of that form. */
    static String newTemporary() {
        return "proven-backup-"
                + Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), Character.MAX_RADIX) + ".tmp";
    }

    /** The location for messages: a URI without credentials. */
    String location();

    /** What is possible here. */
    Set<PlainAbility> abilities() throws StorageException;

    /** Times that differ by less than this may be the same. */
    Duration timeStep();

    /**
     * What a folder holds, in no order.
     *
     * @throws StorageException.Missing when there is no such folder
     */
    List<PlainEntry> list(byte[] folder) throws StorageException;

    /** What is at a path. */
    Optional<PlainEntry> look(byte[] path) throws StorageException;

    /**
     * Writes a file under a temporary name in the same folder and puts it in the place of whatever file or link is there.
     *
     * @return what is there now
     */
    PlainEntry write(byte[] path, PlainContent content, PlainAttributes attributes) throws StorageException;

    /** The content of a file; the caller closes it. */
    InputStream open(byte[] path) throws StorageException;

    /** Makes a folder in one that is there; one that is there already is no error. */
    void createFolder(byte[] path) throws StorageException;

    /** Makes a symbolic link, or replaces a file or link by one. */
    void symlink(byte[] path, byte[] target) throws StorageException;

    /** What a symbolic link says. */
    byte[] readLink(byte[] path) throws StorageException;

    /** Gives a file or folder attributes, as far as they can be given here. */
    void adjust(byte[] path, PlainAttributes attributes) throws StorageException;

    /** Removes a file or link; one that is not there is no error. */
    void delete(byte[] path) throws StorageException;

    /** Removes an empty folder; one that is not there is no error. */
    void deleteFolder(byte[] path) throws StorageException;

    @Override
    void close();
}
