package io.jenkins.plugins.provenbackup.engine.target;

import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file while it is written: feed it {@link #write} and {@link #hole} in order, then {@link #finish} it, or {@link #abort}
 * (or just close) it, which leaves nothing behind. One thread at a time. After an exception it is aborted already.
 */
@SuppressFBWarnings(
        value = {"AT_NONATOMIC_64BIT_PRIMITIVE", "AT_NONATOMIC_OPERATIONS_ON_SHARED_VARIABLE"},
        justification = "only abort may come from another thread, and it looks at neither position nor written")
public final class OpenFile implements Closeable {

    /** What happens to the written file: metadata, and its final name. */
    interface Landing {

        /** Gives the file its metadata. */
        void describe(FileOutput output) throws IOException;

        /** Gives it its name. */
        void land() throws IOException;

        /** Forgets the file; called once, whether it landed or not. */
        void done(OpenFile file);

        TargetException failure(IOException cause);
    }

    private final Node node;
    private final Path path;
    private final FileOutput output;
    private final Landing landing;
    private long position;
    private long written;
    private volatile boolean ended;

    OpenFile(Node node, Path path, FileOutput output, Landing landing) {
        this.node = node;
        this.path = path;
        this.output = output;
        this.landing = landing;
    }

    /**
     * Appends bytes.
     *
     * @throws TargetFullException when the disk is full
     * @throws TargetException when they cannot be written or are more than the file's size
     */
    public void write(byte[] bytes, int offset, int length) throws TargetException {
        try {
            advance(length);
            int at = offset;
            while (at < offset + length) {
                long to = position - (offset + length - at);
                at += output.write(bytes, at, offset + length - at, to);
                written = position - (offset + length - at);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * Leaves a run of zeros unwritten, so that it takes no space where the file system allows.
     *
     * @param length in bytes
     * @throws TargetException when it is more than the file's size
     */
    public void hole(long length) throws TargetException {
        try {
            advance(length);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * Gives the file its metadata and its name. When this returns it is restored.
     *
     * @throws TargetFullException when the disk is full
     * @throws TargetException when that fails, or less than the file's size was written
     */
    public void finish() throws TargetException {
        try {
            if (position != node.size()) {
                throw new IOException(
                        "it has " + node.size() + " bytes, but only " + position + " were read from the backup");
            }
            if (written < position) {
                output.extend(position);
            }
            if (output.description() == FileOutput.Description.WHILE_OPEN) {
                landing.describe(output);
                output.close();
            } else {
                output.close();
                landing.describe(output);
            }
            landing.land();
        } catch (IOException e) {
            throw failed(e);
        }
        ended = true;
        landing.done(this);
    }

    /**
     * Removes what was written. Does nothing after {@link #finish} or an earlier abort.
     *
     * @throws TargetException when it cannot be removed
     */
    public synchronized void abort() throws TargetException {
        if (ended) {
            return;
        }
        ended = true;
        try (output) {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw landing.failure(e);
        } finally {
            landing.done(this);
        }
    }

    @Override
    public void close() throws TargetException {
        abort();
    }

    private void advance(long length) throws IOException {
        if (length < 0 || length > node.size() - position) {
            throw new IOException("the backup has more for it than its " + node.size() + " bytes");
        }
        position += length;
    }

    private TargetException failed(IOException cause) {
        TargetException failure = landing.failure(cause);
        try {
            abort();
        } catch (TargetException leftover) {
            failure.addSuppressed(leftover);
        }
        return failure;
    }
}
