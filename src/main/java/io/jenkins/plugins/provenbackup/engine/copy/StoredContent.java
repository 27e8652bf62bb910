package io.jenkins.plugins.provenbackup.engine.copy;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.Extent;
import io.jenkins.plugins.provenbackup.engine.catalog.ExtentStream;
import io.jenkins.plugins.provenbackup.engine.crypto.ChunkIdHash;
import io.jenkins.plugins.provenbackup.engine.source.SourceContent;
import io.jenkins.plugins.provenbackup.engine.source.SourceException;
import io.jenkins.plugins.provenbackup.engine.transfer.FileContentReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A file of a snapshot, chunk by chunk: at most one is in memory, and no block is held between two reads. */
final class StoredContent implements SourceContent {

    private static final byte[] NOTHING = new byte[0];
    private static final int ZEROS = 1 << 16;

    private final EntryPath path;
    private final ExtentStream extents;
    private final FileContentReader contents;
    private final ChunkIdHash hash;
    private final Runnable closing;
    private ByteBuffer chunk = ByteBuffer.wrap(NOTHING);
    private long zeros;
    private boolean open = true;

    StoredContent(
            EntryPath path, ExtentStream extents, FileContentReader contents, ChunkIdHash hash, Runnable closing) {
        this.path = path;
        this.extents = extents;
        this.contents = contents;
        this.hash = hash;
        this.closing = closing;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        try {
            while (!chunk.hasRemaining() && zeros == 0) {
                Optional<Extent> next = extents.next();
                if (next.isEmpty()) {
                    return -1;
                }
                load(next.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("reading '" + path + "' was cancelled");
            interrupted.initCause(e);
            throw interrupted;
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw new SourceException("'" + path + "' cannot be read: " + e.getMessage(), e);
        }
        return chunk.hasRemaining() ? give(target) : giveZeros(target);
    }

    private void load(Extent extent) throws IOException, InterruptedException {
        contents.prepare(List.of(extent))
                .read(
                        new FileContentReader.Taker() {
                            @Override
                            public void zeros(long length) {
                                zeros = length;
                            }

                            @Override
                            public void bytes(byte[] buffer, int offset, int length) {
                                chunk = ByteBuffer.wrap(Arrays.copyOfRange(buffer, offset, offset + length));
                            }
                        },
                        hash);
    }

    private int give(ByteBuffer target) {
        int count = Math.min(chunk.remaining(), target.remaining());
        ByteBuffer part = chunk.slice().limit(count);
        target.put(part);
        chunk.position(chunk.position() + count);
        return count;
    }

    private int giveZeros(ByteBuffer target) {
        int count = (int) Math.min(Math.min(zeros, target.remaining()), ZEROS);
        target.put(new byte[count]);
        zeros -= count;
        return count;
    }

    @Override
    public boolean changed() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            closing.run();
        }
    }
}
