package io.jenkins.plugins.provenbackup.engine.archive;

import io.airlift.compress.zstd.ZstdCompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;

/** zstd in pure Java (aircompressor), for where the native library cannot be loaded. It has one level, about zstd's 3. */
final class JavaZstd implements Zstd {

    private final ZstdCompressor compressor = new ZstdCompressor();
    private final ZstdDecompressor decompressor = new ZstdDecompressor();

    @Override
    public int compress(Effort effort, byte[] content, int offset, int length, byte[] out, int outOffset) {
        return compressor.compress(content, offset, length, out, outOffset, out.length - outOffset);
    }

    @Override
    public void decompress(byte[] frame, int offset, int length, byte[] out, int outLength) throws DamagedException {
        int written;
        try {
            written = decompressor.decompress(frame, offset, length, out, 0, outLength);
        } catch (RuntimeException e) {
            // beside MalformedInputException, damaged tables give ArithmeticException and the like
            throw Zstd.damaged(String.valueOf(e.getMessage()));
        }
        if (written != outLength) {
            throw Zstd.damaged(written + " bytes instead of " + outLength);
        }
    }

    @Override
    public void close() {
        // its memory is Java's
    }
}
