package io.jenkins.plugins.provenbackup.engine.target;

import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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

    /** The JDK copies heap buffers into a direct one per thread, which should stay small. */
    private static final int SLICE = 1 << 18;

    /** What happens to the written file: metadata, and its final name. */
    interface Landing {
        void land() throws IOException;

        /** Forgets the file; called once, whether it landed or not. */
        void done(OpenFile file);

        TargetException failure(IOException cause);
    }

    private final Node node;
    private final Path path;
    private final FileChannel channel;
    private final Landing landing;
    private long position;
    private long written;
    private volatile boolean ended;

    OpenFile(Node node, Path path, FileChannel channel, Landing landing) {
        this.node = node;
        this.path = path;
        this.channel = channel;
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
                ByteBuffer slice = ByteBuffer.wrap(bytes, at, Math.min(SLICE, offset + length - at));
                long to = position - (offset + length - at);
                at += written == to ? channel.write(slice) : writeAfterHole(slice, to);
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
                extend();
            }
            channel.close();
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
        try (channel) {
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

    private int writeAfterHole(ByteBuffer slice, long to) throws IOException {
        channel.position(to);
        return channel.write(slice);
    }

    private void advance(long length) throws IOException {
        if (length < 0 || length > node.size() - position) {
            throw new IOException("the backup has more for it than its " + node.size() + " bytes");
        }
        position += length;
    }

    /** A mapping of no bytes at the end lets the JDK truncate the file to that length, which allocates nothing. */
    private void extend() throws IOException {
        channel.map(FileChannel.MapMode.READ_WRITE, position, 0);
        if (channel.size() < position) {
            channel.write(ByteBuffer.wrap(new byte[1]), position - 1);
        }
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
