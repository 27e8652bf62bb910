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
