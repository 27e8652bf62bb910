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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** One archive at one destination: its index, and blocks that were read along. Safe for use by several threads. */
final class OpenArchive {

    private static final int READ_ALONG_BYTES = 2 << 20;
    private static final int KEPT_BYTES = 16 << 20;

    /** An archive at a destination. */
    record Source(ObjectRef archive, Replica replica) {}

    private final Source source;
    private final Access access;
    private final SpareArrays spare;
    private final Map<Long, Sealed> kept = new LinkedHashMap<>();
    private int keptBytes;
    private Optional<StreamId> keptStream = Optional.empty();
    private Optional<ArchiveReader> reader = Optional.empty();
    private volatile Optional<IOException> failure = Optional.empty();

    /** Blocks that were read together, and so share arrays, which are used again when all of them were opened. */
    static final class Batch {

        private final SpareArrays spare;
        private final List<byte[]> arrays = new ArrayList<>();
        private final AtomicInteger unopened = new AtomicInteger();

        Batch(SpareArrays spare) {
            this.spare = spare;
        }

        byte[] room(int length) {
            byte[] array = spare.take(length);
            arrays.add(array);
            return array;
        }

        List<Sealed> of(List<SealedBlock> blocks) {
            unopened.set(blocks.size());
            return blocks.stream().map(block -> new Sealed(block, this)).toList();
        }

        /** One of its blocks was opened, or could not be; nobody looks at it again. */
        void opened() {
            if (unopened.decrementAndGet() == 0) {
                arrays.forEach(spare::giveBack);
            }
        }
    }

    /** A block whose batch is to be told when it was opened; if that never happens, the arrays are simply not used again. */
    record Sealed(SealedBlock block, Batch batch) {}

    OpenArchive(Source source, Access access, SpareArrays spare) {
        this.source = source;
        this.access = access;
        this.spare = spare;
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

    synchronized Sealed block(StreamId stream, long number) throws IOException {
        if (keptStream.filter(stream::equals).isEmpty()) {
            dropKept();
            keptStream = Optional.of(stream);
        }
        Sealed block = kept.remove(number);
        if (block != null) {
            keptBytes -= block.block().length();
            return block;
        }
        return read(stream, number);
    }

    private void dropKept() {
        kept.clear();
        keptBytes = 0;
    }

    private Sealed read(StreamId stream, long number) throws IOException {
        if (keptBytes > KEPT_BYTES) {
            dropKept();
        }
        Batch batch = new Batch(spare);
        List<Sealed> found = batch.of(
                reader().readFrom(stream, number, access == Access.SINGLE ? 0 : READ_ALONG_BYTES, batch::room));
        for (Sealed one : found.subList(1, found.size())) {
            kept.put(one.block().number(), one);
            keptBytes += one.block().length();
        }
        return found.get(0);
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
