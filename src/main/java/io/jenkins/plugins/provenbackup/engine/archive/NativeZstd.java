package io.jenkins.plugins.provenbackup.engine.archive;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;

/** The zstd library through JNI. Its constructor throws a {@link LinkageError} where the library cannot be loaded. */
final class NativeZstd implements Zstd {

    private final ZstdCompressCtx compressor = new ZstdCompressCtx();
    private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();

    NativeZstd(int level) {
        compressor.setLevel(level).setChecksum(false).setContentSize(true);
    }

    @Override
    public int compress(byte[] content, int offset, int length, byte[] out, int outOffset) {
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
