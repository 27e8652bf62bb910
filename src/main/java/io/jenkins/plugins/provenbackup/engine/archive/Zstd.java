package io.jenkins.plugins.provenbackup.engine.archive;

import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;

/** A zstd compressor and decompressor (RFC 8878) with its working memory. For one thread at a time. */
sealed interface Zstd extends AutoCloseable permits NativeZstd, JavaZstd {

    /** Compresses to one frame that states its content's length; {@code out} has room for what does not compress. */
    int compress(Effort effort, byte[] content, int offset, int length, byte[] out, int outOffset);

    /**
     * Decompresses one frame to exactly so many bytes.
     *
     * @throws DamagedException when it is not such a frame
     */
    void decompress(byte[] frame, int offset, int length, byte[] out, int outLength) throws DamagedException;

    @Override
    void close();

    /** What both say of a frame that cannot be read. */
    static DamagedException damaged(String detail) {
        return new DamagedException(
                "Compressed content does not decompress (" + detail
                        + "). It was damaged before it was encrypted, or a faulty program wrote it. Read it from another snapshot.");
    }
}
