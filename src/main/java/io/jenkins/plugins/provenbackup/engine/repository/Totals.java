package io.jenkins.plugins.provenbackup.engine.repository;

import io.jenkins.plugins.provenbackup.engine.catalog.FieldReader;
import io.jenkins.plugins.provenbackup.engine.catalog.FieldWriter;
import java.io.IOException;

/**
 * What a snapshot holds and what its run did, in numbers.
 *
 * @param files regular files in the snapshot
 * @param directories directories in the snapshot
 * @param symlinks symbolic links in the snapshot
 * @param bytes sum of the files' sizes
 * @param filesNew files whose path the parent does not have
 * @param filesChanged files that differ from the parent's
 * @param filesUnchanged files taken over from the parent without reading
 * @param bytesRead bytes read from the source
 * @param bytesAdded plain bytes that this run stored
 * @param bytesStored bytes of the archives and catalogs that this run wrote
 * @param unreadable files and directories that could not be read
 * @param changedWhileRead files that changed while they were read, twice
 * @param vanished files that were gone when they were to be read
 * @param special devices, sockets and pipes, which are left out
 * @param markedExcluded directories left out because of a marker file, or because the backup is stored in them
 * @param inProgress builds of a Jenkins home that were not over yet
 */
public record Totals(
        long files,
        long directories,
        long symlinks,
        long bytes,
        long filesNew,
        long filesChanged,
        long filesUnchanged,
        long bytesRead,
        long bytesAdded,
        long bytesStored,
        long unreadable,
        long changedWhileRead,
        long vanished,
        long special,
        long markedExcluded,
        long inProgress) {

    private static final int COUNT = 16;

    /** Whether something that was asked for is missing in the snapshot. */
    public boolean incomplete() {
        return unreadable > 0;
    }

    void write(FieldWriter out) {
        long[] values = {
            files,
            directories,
            symlinks,
            bytes,
            filesNew,
            filesChanged,
            filesUnchanged,
            bytesRead,
            bytesAdded,
            bytesStored,
            unreadable,
            changedWhileRead,
            vanished,
            special,
            markedExcluded,
            inProgress
        };
        out.varint(values.length);
        for (long value : values) {
            out.varint(value);
        }
    }

    static Totals read(FieldReader in) throws IOException {
        int count = in.count("number of totals", 1, 1000);
        long[] v = new long[COUNT];
        for (int i = 0; i < count; i++) {
            long value = in.varint("a total");
            if (i < COUNT) {
                v[i] = value;
            }
        }
        return new Totals(
                v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9], v[10], v[11], v[12], v[13], v[14], v[15]);
    }
}
