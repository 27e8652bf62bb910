package io.jenkins.plugins.provenbackup.engine.backup;

import io.jenkins.plugins.provenbackup.engine.archive.ChunkId;
import io.jenkins.plugins.provenbackup.engine.archive.Chunker;
import io.jenkins.plugins.provenbackup.engine.archive.ContentCutter;
import io.jenkins.plugins.provenbackup.engine.archive.Piece;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.crypto.ChunkIdHash;
import io.jenkins.plugins.provenbackup.engine.source.Problem;
import io.jenkins.plugins.provenbackup.engine.source.SourceContent;
import io.jenkins.plugins.provenbackup.engine.source.SourceException;
import io.jenkins.plugins.provenbackup.engine.source.SourceItem;
import io.jenkins.plugins.provenbackup.engine.source.UnreadableItemException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads files: cuts them into chunks and names these. A file that changed while it was read is read once more. For one
 * thread.
 */
final class FileReading {

    private final ContentCutter cutter;
    private final ChunkIdHash hash;

    FileReading(Chunker chunker, ChunkIdHash hash) {
        this.cutter = new ContentCutter(chunker);
        this.hash = hash;
    }

    /** Takes a file's content as it is read. */
    interface ContentTaker {

        /** The content begins, again after it turned out to have changed. */
        void begin();

        /** The next zeros. */
        void zeros(long length) throws IOException, InterruptedException;

        /** The next chunk, in an array that is only lent. */
        void chunk(ChunkId id, byte[] buffer, int offset, int length) throws IOException, InterruptedException;
    }

    /**
     * What a file was when its content had been taken.
     *
     * @param node with everything, its size that of the content
     * @param state whether it held still
     * @param bytesRead all that was read, a second reading included
     */
    record Outcome(Node node, ReadFile.State state, long bytesRead) {}

    /** Reads a whole file into memory. */
    ReadFile read(SourceItem item) throws IOException, InterruptedException {
        List<ReadFile.Piece> pieces = new ArrayList<>(1);
        Outcome outcome = read(item, new ContentTaker() {
            @Override
            public void begin() {
                pieces.clear();
            }

            @Override
            public void zeros(long length) {
                pieces.add(new ReadFile.Piece.Zeros(length));
            }

            @Override
            public void chunk(ChunkId id, byte[] buffer, int offset, int length) {
                byte[] content = new byte[length];
                System.arraycopy(buffer, offset, content, 0, length);
                pieces.add(new ReadFile.Piece.Content(id, content));
            }
        });
        return new ReadFile(outcome.node(), pieces, outcome.state(), outcome.bytesRead());
    }

    /** Reads a file of any size, handing its content on as it comes. */
    Outcome read(SourceItem first, ContentTaker taker) throws IOException, InterruptedException {
        SourceItem item = first;
        long before = 0;
        while (true) {
            Node node = item.complete();
            taker.begin();
            try (SourceContent content = item.open()) {
                long length = take(content, taker, node.path());
                boolean changed = content.changed()
                        || (item.size().isPresent() && item.size().getAsLong() != length);
                Optional<SourceItem> again = changed && before == 0 ? item.again() : Optional.empty();
                if (again.isEmpty()) {
                    Node read = new Node(node.path(), node.type(), node.metadata(), length, node.linkTarget());
                    return new Outcome(read, state(changed), before + length);
                }
                item = again.get();
                before = Math.max(1, length);
            }
        }
    }

    private static ReadFile.State state(boolean changed) {
        return changed ? ReadFile.State.CHANGED : ReadFile.State.STEADY;
    }

    private long take(SourceContent content, ContentTaker taker, EntryPath path)
            throws IOException, InterruptedException {
        long length = 0;
        cutter.start(content);
        for (Optional<Piece> next = next(path); next.isPresent(); next = next(path)) {
            Piece piece = next.get();
            length += piece.length();
            if (piece instanceof Piece.Chunk chunk) {
                byte[] id = hash.of(chunk.buffer(), chunk.offset(), chunk.size());
                taker.chunk(ChunkId.of(id, 0), chunk.buffer(), chunk.offset(), chunk.size());
            } else {
                taker.zeros(piece.length());
            }
        }
        return length;
    }

    private Optional<Piece> next(EntryPath path) throws IOException, InterruptedException {
        try {
            return cutter.next();
        } catch (InterruptedIOException | ClosedByInterruptException e) {
            throw new InterruptedException(e.getMessage());
        } catch (SourceException e) {
            // What gave the content says that it was not all: there is nothing to back up.
            throw e;
        } catch (IOException e) {
            String message = "cannot read '" + path + "': " + e.getMessage();
            throw new UnreadableItemException(new Problem(path, Problem.Kind.UNREADABLE_ENTRY, message), e);
        }
    }

    /** For messages about a file that did not hold still. */
    static String changedMessage(EntryPath path) {
        return "'" + path + "' changed while it was read, twice; the snapshot may hold a mixture of its states";
    }
}
