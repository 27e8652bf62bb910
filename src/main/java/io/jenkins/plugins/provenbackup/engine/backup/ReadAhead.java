package io.jenkins.plugins.provenbackup.engine.backup;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.source.SourceItem;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Has small files read while earlier ones are still being stored, and hands everything on in order. A bounded number of
 * files and bytes is under way. For one thread.
 */
final class ReadAhead {

    /** Files up to this size are read as a whole. */
    private static final long SMALL = 4 << 20;

    private static final int MOST_ENTRIES = 512;
    private static final long MOST_BYTES = 12 << 20;

    private final FileReaders readers;
    private final LinkedContents links;
    private final Finisher finisher;
    private final Deque<Pending> pending = new ArrayDeque<>();
    /** Takes files until it is full or the first of them is wanted. */
    private ReadBatch batch = new ReadBatch();

    private long bytes;

    /**
     * An entry on its way.
     *
     * @param item as the walk found it
     * @param decision what is to be done
     * @param reading a small file that is being read
     */
    record Pending(SourceItem item, Intake.Decision decision, Optional<ReadBatch.Member> reading) {}

    /** Takes entries in order. */
    interface Finisher {
        void finish(Pending pending) throws IOException, InterruptedException;
    }

    ReadAhead(FileReaders readers, LinkedContents links, Finisher finisher) {
        this.readers = readers;
        this.links = links;
        this.finisher = finisher;
    }

    void add(SourceItem item, Intake.Decision decision) throws IOException, InterruptedException {
        Optional<ReadBatch.Member> reading = Optional.empty();
        if (decision instanceof Intake.Decision.Read && isSmall(item) && links.isFirst(item)) {
            reading = Optional.of(batch.add(item));
            bytes += item.node().size();
            if (batch.isFull()) {
                begin(batch);
            }
        }
        pending.add(new Pending(item, decision, reading));
        while (!pending.isEmpty() && (pending.size() > MOST_ENTRIES || bytes > MOST_BYTES || isReady(pending.peek()))) {
            finishFirst();
        }
    }

    void finish() throws IOException, InterruptedException {
        while (!pending.isEmpty()) {
            finishFirst();
        }
    }

    private void finishFirst() throws IOException, InterruptedException {
        Pending first = pending.remove();
        if (first.reading().isPresent()) {
            bytes -= first.item().node().size();
            begin(first.reading().get().batch());
        }
        finisher.finish(first);
    }

    private void begin(ReadBatch wanted) {
        if (!wanted.isBegun()) {
            wanted.begin(readers);
            batch = new ReadBatch();
        }
    }

    private static boolean isReady(Pending first) {
        return first.reading().isEmpty() || first.reading().get().isDone();
    }

    private static boolean isSmall(SourceItem item) {
        OptionalLong size = item.size();
        return item.node().type() == EntryType.FILE && size.isPresent() && size.getAsLong() <= SMALL;
    }
}
