package io.jenkins.plugins.provenbackup.engine.backup;

import io.jenkins.plugins.provenbackup.engine.catalog.Catalog;
import io.jenkins.plugins.provenbackup.engine.catalog.CatalogWriter;
import io.jenkins.plugins.provenbackup.engine.catalog.ContentBuilder;
import io.jenkins.plugins.provenbackup.engine.catalog.ContentSource;
import io.jenkins.plugins.provenbackup.engine.catalog.Entry;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Extent;
import io.jenkins.plugins.provenbackup.engine.catalog.Extent.ChunkRef;
import io.jenkins.plugins.provenbackup.engine.catalog.ExtentStream;
import io.jenkins.plugins.provenbackup.engine.catalog.FileContent;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.catalog.StoredEntry;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Takes entries in order and writes them to the catalog once all blocks that they lie in are closed. For one thread.
 */
final class EntryOutput {

    /** Entries that may wait for an open block; then the block is closed early, so that memory stays bounded. */
    private static final int MOST_WAITING = 4096;

    private final CatalogWriter catalog;
    private final BlockUsage usage;
    private final RunJournal journal;
    private final StreamId stream;
    private final BlockCloser closer;
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    /** Closes the block that small chunks are put into. */
    interface BlockCloser {
        void closeBlock() throws IOException;
    }

    /** An entry that is not written yet. */
    private sealed interface Waiting {

        /** As the parent has it. */
        record Unchanged(StoredEntry stored, ContentSource source) implements Waiting {}

        /** As an unfinished run, or the parent with other metadata, has it. */
        record Taken(Entry entry, ContentSource source) implements Waiting {}

        /** Stored by this run. */
        record Made(Node node, List<Part> parts) implements Waiting {}
    }

    /** A piece of a file's content. */
    sealed interface Part {

        /** Zeros. */
        record Zeros(long length) implements Part {}

        /** A chunk that is stored, or about to be. */
        record Chunk(ContentStore.Stored stored) implements Part {}
    }

    EntryOutput(CatalogWriter catalog, BlockUsage usage, RunJournal journal, StreamId stream, BlockCloser closer) {
        this.catalog = catalog;
        this.usage = usage;
        this.journal = journal;
        this.stream = stream;
        this.closer = closer;
    }

    /** The parent's entry as it is. */
    void unchanged(StoredEntry stored, ContentSource source) throws IOException, InterruptedException {
        take(new Waiting.Unchanged(stored, source));
    }

    /** An entry whose content another catalog or checkpoint tells. */
    void taken(Entry entry, ContentSource source) throws IOException, InterruptedException {
        take(new Waiting.Taken(entry, source));
    }

    /** An entry that this run made. */
    void made(Node node, List<Part> parts) throws IOException, InterruptedException {
        take(new Waiting.Made(node, parts));
    }

    /** Ends the catalog; all blocks are closed by now. */
    Catalog finish() throws IOException, InterruptedException {
        while (!waiting.isEmpty()) {
            write(waiting.remove());
        }
        return catalog.finish();
    }

    private void take(Waiting entry) throws IOException, InterruptedException {
        waiting.add(entry);
        if (waiting.size() > MOST_WAITING) {
            closer.closeBlock();
        }
        while (!waiting.isEmpty() && isSettled(waiting.peek())) {
            write(waiting.remove());
        }
    }

    private static boolean isSettled(Waiting entry) {
        if (entry instanceof Waiting.Made made) {
            for (Part part : made.parts()) {
                if (part instanceof Part.Chunk chunk
                        && chunk.stored() instanceof ContentStore.Stored.Placed placed
                        && !placed.isSettled()) {
                    return false;
                }
            }
        }
        return true;
    }

    private void write(Waiting waitingEntry) throws IOException, InterruptedException {
        if (waitingEntry instanceof Waiting.Unchanged unchanged) {
            Entry entry = unchanged.stored().entry();
            use(entry, unchanged.source());
            catalog.reuse(unchanged.stored());
        } else if (waitingEntry instanceof Waiting.Taken taken) {
            use(taken.entry(), taken.source());
            FileContent content = catalog.contentOf(taken.entry(), taken.source());
            add(new Entry(taken.entry().node(), content), 0);
        } else if (waitingEntry instanceof Waiting.Made made) {
            write(made);
        }
    }

    private void write(Waiting.Made made) throws IOException, InterruptedException {
        if (made.node().type() != EntryType.FILE) {
            add(Entry.of(made.node()), 0);
            return;
        }
        ContentBuilder builder = catalog.content();
        long blocks = 0;
        for (Part part : made.parts()) {
            if (part instanceof Part.Zeros zeros) {
                builder.add(new Extent.Hole(zeros.length()));
            } else {
                ChunkRef chunk = chunkOf((Part.Chunk) part);
                usage.add(chunk);
                builder.add(chunk);
                blocks = chunk.stream().equals(stream) ? Math.max(blocks, chunk.block() + 1) : blocks;
            }
        }
        add(new Entry(made.node(), builder.build()), blocks);
    }

    private static ChunkRef chunkOf(Part.Chunk chunk) {
        return chunk.stored() instanceof ContentStore.Stored.Placed placed
                ? placed.settled()
                : ((ContentStore.Stored.Known) chunk.stored()).chunk();
    }

    private void add(Entry entry, long blocks) throws IOException, InterruptedException {
        catalog.add(entry);
        journal.done(entry, blocks);
    }

    private void use(Entry entry, ContentSource source) throws IOException {
        if (entry.node().type() != EntryType.FILE) {
            return;
        }
        ExtentStream extents = source.extents(entry);
        for (Optional<Extent> next = extents.next(); next.isPresent(); next = extents.next()) {
            if (next.get() instanceof ChunkRef chunk) {
                usage.add(chunk);
            }
        }
    }
}
