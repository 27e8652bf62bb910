package io.jenkins.plugins.provenbackup.engine.archive;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;

/** The zstd library through JNI. Its constructor throws a {@link LinkageError} where the library cannot be loaded. */
final class NativeZstd implements Zstd {

    private static final int FAST = 1;

    private final ZstdCompressCtx compressor = new ZstdCompressCtx();
    private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();

    private final int level;

    /** Blocks are authenticated as a whole, so zstd's own checksum would find nothing more. */
    NativeZstd(int level) {
        this.level = level;
        compressor.setChecksum(false).setContentSize(true);
    }

    @Override
    public int compress(Effort effort, byte[] content, int offset, int length, byte[] out, int outOffset) {
        compressor.setLevel(effort == Effort.FULL ? level : FAST);
        return compressor.compressByteArray(out, outOffset, out.length - outOffset, content, offset, length);
    }

    @Override
    public void decompress(byte[] frame, int offset, int length, byte[] out, int outLength) throws DamagedException {
        int written;
        try {
            written = decompressor.decompressByteArray(out, 0, outLength, frame, offset, length);
        } catch (ZstdException e) {
            throw Zstd.damaged(e.getMessage());
        }
        if (written != outLength) {
            throw Zstd.damaged(written + " bytes instead of " + outLength);
        }
    }

    @Override
    public void close() {
        compressor.close();
        decompressor.close();
    }
}
