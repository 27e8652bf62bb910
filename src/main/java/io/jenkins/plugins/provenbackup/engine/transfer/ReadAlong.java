package io.jenkins.plugins.provenbackup.engine.transfer;

import io.jenkins.plugins.provenbackup.engine.archive.SealedBlock;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Blocks that were read along with one that was wanted, until they are wanted themselves. A few batches are kept, whatever archives
 * they come from: a block that is left of a batch keeps all of its memory. Safe for use by several threads.
 */
final class ReadAlong {

    static final int MOST_BATCHES = 4;

    private final Deque<Batch> batches = new ArrayDeque<>();

    /** A block whose batch is to be told when it was opened; if that never happens, the arrays are simply not used again. */
    record Sealed(SealedBlock block, Batch batch) {}

    /** Blocks that were read together, and so share arrays, which are used again when nobody needs any of them. */
    static final class Batch {

        private final OpenArchive archive;
        private final StreamId stream;
        private final SpareArrays spare;
        private final List<byte[]> arrays = new ArrayList<>();
        private final Map<Long, SealedBlock> waiting = new HashMap<>();
        private final AtomicInteger unopened = new AtomicInteger();

        Batch(OpenArchive archive, StreamId stream, SpareArrays spare) {
            this.archive = archive;
            this.stream = stream;
            this.spare = spare;
        }

        /** An array for some of the blocks. */
        byte[] room(int length) {
            byte[] array = spare.take(length);
            arrays.add(array);
            return array;
        }

        /** One of its blocks was opened, or could not be, or is not waited for any more; nobody looks at it again. */
        void opened() {
            if (unopened.decrementAndGet() == 0) {
                arrays.forEach(spare::giveBack);
            }
        }

        private void letGo() {
            waiting.forEach((number, block) -> opened());
            waiting.clear();
        }
    }

    /** A block that was read along; it waits no longer. */
    synchronized Optional<Sealed> take(OpenArchive archive, StreamId stream, long number) {
        for (Iterator<Batch> each = batches.iterator(); each.hasNext(); ) {
            Batch batch = each.next();
            if (batch.archive == archive && batch.stream.equals(stream)) {
                SealedBlock block = batch.waiting.remove(number);
                if (block != null) {
                    if (batch.waiting.isEmpty()) {
                        each.remove();
                    }
                    return Optional.of(new Sealed(block, batch));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Keeps blocks that were read together, but for the first.
     *
     * @param read at least one
     * @return the first
     */
    synchronized Sealed keep(Batch batch, List<SealedBlock> read) {
        batch.unopened.set(read.size());
        for (SealedBlock block : read.subList(1, read.size())) {
            batch.waiting.put(block.number(), block);
        }
        if (!batch.waiting.isEmpty()) {
            batches.addLast(batch);
            if (batches.size() > MOST_BATCHES) {
                batches.removeFirst().letGo();
            }
        }
        return new Sealed(read.get(0), batch);
    }
}
