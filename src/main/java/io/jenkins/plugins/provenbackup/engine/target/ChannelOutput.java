package io.jenkins.plugins.provenbackup.engine.target;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Instant;

/** A file written by Java's own calls. */
final class ChannelOutput implements FileOutput {

    /** The JDK copies heap buffers into a direct one per thread, which should stay small. */
    private static final int SLICE = 1 << 18;

    private final FileChannel channel;
    private long end;

    ChannelOutput(FileChannel channel) {
        this.channel = channel;
    }

    @Override
    public int write(byte[] bytes, int offset, int length, long position) throws IOException {
        if (position != end) {
            channel.position(position);
        }
        int count = channel.write(ByteBuffer.wrap(bytes, offset, Math.min(SLICE, length)));
        end = position + count;
        return count;
    }

    /** A mapping of no bytes at the end lets the JDK truncate the file to that length, which allocates nothing. */
    @Override
    public void extend(long length) throws IOException {
        channel.map(FileChannel.MapMode.READ_WRITE, length, 0);
        if (channel.size() < length) {
            channel.write(ByteBuffer.wrap(new byte[1]), length - 1);
        }
    }

    @Override
    public Description description() {
        return Description.WHEN_CLOSED;
    }

    @Override
    public void setModified(Instant accessed, Instant modified) {
        throw new UnsupportedOperationException("times are set by path when the file is closed");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
