package io.jenkins.plugins.provenbackup.engine.archive;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;

/** The zstd library through JNI. Its constructor throws a {@link LinkageError} where the library cannot be loaded. */
final class NativeZstd implements Zstd {

    private static final int FAST = 1;

    /**
     * At zstd's own level, contents of this length and more get other parameters than zstd's: its fast search, with a window
     * of a whole block and a table that still fits a processor's second cache. On the mixed corpus that is as small as level
     * 3, in two thirds of the time; the double search with such a window is 1.5 % smaller, for another half of the time.
     */
    private static final int LONG_CONTENT = 256 << 10;

    private static final int LONG_WINDOW_LOG = 22;
    private static final int LONG_TABLE_LOG = 18;
    private static final int LONG_MATCH = 5;
    private static final int FAST_SEARCH = 1;
    private static final int ZSTD_DECIDES = 0;

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
        boolean wide = effort == Effort.FULL && level == Codec.DEFAULT_LEVEL && length >= LONG_CONTENT;
        compressor.setWindowLog(wide ? LONG_WINDOW_LOG : ZSTD_DECIDES);
        compressor.setHashLog(wide ? LONG_TABLE_LOG : ZSTD_DECIDES);
        compressor.setMinMatch(wide ? LONG_MATCH : ZSTD_DECIDES);
        compressor.setStrategy(wide ? FAST_SEARCH : ZSTD_DECIDES);
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
