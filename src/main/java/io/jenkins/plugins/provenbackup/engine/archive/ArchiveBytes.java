package io.jenkins.plugins.provenbackup.engine.archive;

import java.io.IOException;
import java.util.Arrays;

/** The bytes of an archive, wherever it lies. */
public interface ArchiveBytes {

    /** Length of the archive in bytes. */
    long size();

    /**
     * Reads a range that lies within {@link #size}.
     *
     * @return a new array of exactly so many bytes
     */
    byte[] read(long offset, int length) throws IOException;

    /**
     * Reads a range that lies within {@link #size} to the start of an array that has room for it.
     *
     * @return how many bytes came
     */
    default int read(long offset, int length, byte[] target) throws IOException {
        byte[] bytes = read(offset, length);
        System.arraycopy(bytes, 0, target, 0, Math.min(length, bytes.length));
        return bytes.length;
    }

    /** An archive that is in memory as a whole; the array is not copied. */
    static ArchiveBytes of(byte[] archive) {
        return new ArchiveBytes() {
            @Override
            public long size() {
                return archive.length;
            }

            @Override
            public byte[] read(long offset, int length) {
                return Arrays.copyOfRange(archive, (int) offset, (int) offset + length);
            }
        };
    }
}
