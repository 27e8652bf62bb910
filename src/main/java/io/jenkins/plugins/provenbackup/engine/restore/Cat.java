package io.jenkins.plugins.provenbackup.engine.restore;

import io.jenkins.plugins.provenbackup.engine.SnapshotReading;
import io.jenkins.plugins.provenbackup.engine.catalog.Entry;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryStream;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.StoredEntry;
import io.jenkins.plugins.provenbackup.engine.crypto.ChunkIdHash;
import io.jenkins.plugins.provenbackup.engine.transfer.BlockLoader;
import io.jenkins.plugins.provenbackup.engine.transfer.FailoverListener;
import io.jenkins.plugins.provenbackup.engine.transfer.FileContentReader;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Writes a file of a snapshot, or a directory as an archive, to a stream; nothing but what was asked for is read. */
public final class Cat {

    private Cat() {}

    /** There is no such path, or it is nothing that can be written in that form. */
    public static final class NotFoundException extends IOException {
        private static final long serialVersionUID = 1L;

        NotFoundException(String message) {
            super(message);
        }
    }

    /**
     * Writes what was asked for; the caller closes the stream.
     *
     * @throws NotFoundException when there is nothing to write, before anything was written
     * @throws IOException when no destination gives the content intact, or the stream cannot be written
     */
    public static void run(CatRequest request, OutputStream out, FailoverListener failovers)
            throws IOException, InterruptedException {
        BlockLoader.Access access =
                request.format() == CatRequest.Format.RAW ? BlockLoader.Access.SINGLE : BlockLoader.Access.IN_ORDER;
        try (SnapshotReading reading = new SnapshotReading(
                request.manifest(), request.key(), request.streamKeys(), request.replicas(), access, failovers)) {
            EntryPath path = request.path();
            Optional<Entry> found = reading.catalog().find(path);
            if (found.isEmpty() && !path.isRoot()) {
                throw new NotFoundException(
                        "Snapshot " + request.manifest().id().brief() + " has no '" + path
                                + "'. 'ls' lists what it has, 'find' searches all snapshots.");
            }
            ChunkIdHash hash = request.key().chunkIdHash(request.manifest().epoch());
            if (request.format() == CatRequest.Format.RAW) {
                writeFile(reading, found, path, out, hash);
            } else {
                writeTree(reading, request, out, hash);
            }
        }
    }

    private static void writeFile(
            SnapshotReading reading, Optional<Entry> found, EntryPath path, OutputStream out, ChunkIdHash hash)
            throws IOException, InterruptedException {
        if (found.filter(entry -> entry.node().type() == EntryType.FILE).isEmpty()) {
            throw new NotFoundException("'" + path + "' is no file. Use --format tar or --format zip for a directory.");
        }
        reading.contents().read(reading.catalog().extents(found.get()), new StreamTaker(out), hash);
    }

    private static void writeTree(SnapshotReading reading, CatRequest request, OutputStream out, ChunkIdHash hash)
            throws IOException, InterruptedException {
        EntryPath base =
                request.path().isRoot() ? EntryPath.ROOT : request.path().parent();
        TreeArchive archive =
                request.format() == CatRequest.Format.TAR ? new TarTree(out, base) : new ZipTree(out, base);
        EntryStream entries = reading.catalog().entries(request.path());
        for (Optional<StoredEntry> next = entries.next(); next.isPresent(); next = entries.next()) {
            Entry entry = next.get().entry();
            if (entry.path().isRoot()) {
                continue;
            }
            OutputStream content = archive.begin(entry.node());
            if (entry.node().type() == EntryType.FILE) {
                reading.contents().read(reading.catalog().extents(entry), new StreamTaker(content), hash);
            }
            archive.end();
        }
        archive.finish();
    }

    /** Writes everything, zeros too. */
    private static final class StreamTaker implements FileContentReader.Taker {

        private static final byte[] ZEROS = new byte[64 << 10];

        private final OutputStream out;

        StreamTaker(OutputStream out) {
            this.out = out;
        }

        @Override
        public void zeros(long length) throws IOException {
            for (long left = length; left > 0; left -= ZEROS.length) {
                out.write(ZEROS, 0, (int) Math.min(left, ZEROS.length));
            }
        }

        @Override
        public void bytes(byte[] buffer, int offset, int length) throws IOException {
            out.write(buffer, offset, length);
        }
    }
}
