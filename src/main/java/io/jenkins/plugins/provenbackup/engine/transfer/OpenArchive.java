package io.jenkins.plugins.provenbackup.engine.transfer;

import io.jenkins.plugins.provenbackup.engine.archive.ArchiveBytes;
import io.jenkins.plugins.provenbackup.engine.archive.ArchiveReader;
import io.jenkins.plugins.provenbackup.engine.archive.SealedBlock;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.ObjectRef;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.transfer.BlockLoader.Access;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** One archive at one destination, and its index. Safe for use by several threads. */
final class OpenArchive {

    private static final int READ_ALONG_BYTES = 2 << 20;

    /** An archive at a destination. */
    record Source(ObjectRef archive, Replica replica) {}

    private final Source source;
    private final Access access;
    private final SpareArrays spare;
    private final ReadAlong readAlong;
    private Optional<ArchiveReader> reader = Optional.empty();
    private volatile Optional<IOException> failure = Optional.empty();

    OpenArchive(Source source, Access access, SpareArrays spare, ReadAlong readAlong) {
        this.source = source;
        this.access = access;
        this.spare = spare;
        this.readAlong = readAlong;
    }

    Source source() {
        return source;
    }

    Optional<IOException> failure() {
        return failure;
    }

    /** Notes that the archive is of no use here; false when that was known. */
    synchronized boolean fail(IOException cause) {
        boolean first = failure.isEmpty();
        failure = Optional.of(cause);
        return first;
    }

    synchronized byte[] header(StreamId stream) throws IOException {
        return reader().streamHeader(stream);
    }

    /** A block; whoever asks for its neighbour at the same time waits, and finds it read along. */
    synchronized ReadAlong.Sealed block(StreamId stream, long number) throws IOException {
        Optional<ReadAlong.Sealed> known = readAlong.take(this, stream, number);
        return known.isPresent() ? known.get() : read(stream, number);
    }

    private ReadAlong.Sealed read(StreamId stream, long number) throws IOException {
        ReadAlong.Batch batch = new ReadAlong.Batch(this, stream, spare);
        List<SealedBlock> found =
                reader().readFrom(stream, number, access == Access.SINGLE ? 0 : READ_ALONG_BYTES, batch::room);
        return readAlong.keep(batch, found);
    }

    private ArchiveReader reader() throws IOException {
        if (reader.isEmpty()) {
            String name = Layout.archive(source.archive().hash());
            Replica replica = source.replica();
            long size = source.archive().size();
            reader = Optional.of(ArchiveReader.open(new ArchiveBytes() {
                @Override
                public long size() {
                    return size;
                }

                @Override
                public byte[] read(long offset, int length) throws IOException {
                    return replica.storage().read(name, offset, length);
                }

                @Override
                public int read(long offset, int length, byte[] target) throws IOException {
                    replica.storage().read(name, offset, length, target);
                    return length;
                }
            }));
        }
        return reader.get();
    }
}
