package io.jenkins.plugins.provenbackup.engine.backup;

import io.jenkins.plugins.provenbackup.engine.source.SourceItem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Some small files that one reader thread reads one after the other: waking a thread costs more than reading a small file, so
 * that is paid once for all of them. The thread that decides fills it and takes the files out.
 */
final class ReadBatch {

    private static final int MOST_FILES = 32;
    private static final long MOST_BYTES = 1 << 20;

    private final List<SourceItem> items = new ArrayList<>();
    private long bytes;
    private Optional<Future<List<Result>>> reading = Optional.empty();

    /** What became of one file. */
    private sealed interface Result {

        /** It was read. */
        record Read(ReadFile file) implements Result {}

        /** It could not be read. */
        record Failed(IOException cause) implements Result {}
    }

    /** A file of this batch. */
    record Member(ReadBatch batch, int index) {

        /** Whether nobody would have to wait for it. */
        boolean isDone() {
            return batch.reading.filter(Future::isDone).isPresent();
        }

        /** Waits for the file; throws what its reading threw. The batch must have been begun. */
        ReadFile await() throws IOException, InterruptedException {
            Result result = batch.results().get(index);
            if (result instanceof Result.Failed failed) {
                if (failed.cause() instanceof InterruptedIOException) {
                    throw new InterruptedException(failed.cause().getMessage());
                }
                throw failed.cause();
            }
            return ((Result.Read) result).file();
        }
    }

    /** Adds a file to a batch that was not begun. */
    Member add(SourceItem item) {
        items.add(item);
        bytes += item.node().size();
        return new Member(this, items.size() - 1);
    }

    boolean isFull() {
        return items.size() >= MOST_FILES || bytes >= MOST_BYTES;
    }

    boolean isBegun() {
        return reading.isPresent();
    }

    /** Hands the files to the readers. */
    void begin(FileReaders readers) {
        reading = Optional.of(readers.submit(this::read));
    }

    private List<Result> read(FileReading reader) throws InterruptedException {
        List<Result> results = new ArrayList<>(items.size());
        for (SourceItem item : items) {
            try {
                results.add(new Result.Read(reader.read(item)));
            } catch (IOException e) {
                results.add(new Result.Failed(e));
            }
        }
        return results;
    }

    private List<Result> results() throws InterruptedException {
        try {
            return reading.orElseThrow().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException) {
                throw new InterruptedException(e.getCause().getMessage());
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
