package io.jenkins.plugins.provenbackup.engine.archive;

import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A spool in a temporary file of mode 0600. Where the system can (not on Windows) the file loses its name at once, so that
 * nothing stays even of a process that is killed. Not a FileChannel, which an interrupt of one reader would close for all.
 */
final class FileSpool implements Spool {

    private final Path path;
    private final RandomAccessFile file;
    private volatile long size;
    private boolean released;
    private boolean named;

    /** Takes over an existing file. */
    FileSpool(Path path) throws IOException {
        this.path = path;
        this.file = new RandomAccessFile(path.toFile(), "rw");
    }

    /** Makes a new file in a directory. */
    static FileSpool createIn(Path directory) throws IOException {
        Path path;
        try {
            path = Files.createTempFile(directory, "proven-backup-", ".spool");
        } catch (IOException e) {
            throw failed("Cannot make a temporary file in " + directory, directory, e);
        }
        FileSpool spool = new FileSpool(path);
        spool.unname();
        return spool;
    }

    private synchronized void unname() {
        try {
            Files.delete(path);
        } catch (IOException e) {
            // Windows deletes no open file
            named = true;
            path.toFile().deleteOnExit();
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public synchronized void append(byte[] bytes, int offset, int length) throws IOException {
        requireHeld();
        try {
            file.seek(size);
            file.write(bytes, offset, length);
        } catch (IOException e) {
            throw failed(
                    "Cannot write the temporary file " + path,
                    path.toAbsolutePath().getParent(),
                    e);
        }
        size += length;
    }

    @Override
    public synchronized void read(long position, byte[] bytes, int offset, int length) throws IOException {
        requireHeld();
        file.seek(position);
        file.readFully(bytes, offset, length);
    }

    private void requireHeld() throws IOException {
        if (released) {
            throw Spool.released();
        }
    }

    private static StorageException failed(String what, Path directory, IOException cause) {
        String reason = what + " (" + cause.getMessage() + "). Backups keep encrypted archives there until the slowest"
                + " destination has them. Make room in " + directory
                + " or choose another directory for temporary files.";
        return new StorageException.Full(reason, cause);
    }

    @Override
    public synchronized void release() {
        if (released) {
            return;
        }
        released = true;
        try {
            file.close();
            if (named) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove the temporary file " + path, e);
        }
    }
}
