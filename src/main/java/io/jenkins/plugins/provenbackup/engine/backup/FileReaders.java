package io.jenkins.plugins.provenbackup.engine.backup;

import io.jenkins.plugins.provenbackup.engine.NamedThreads;
import io.jenkins.plugins.provenbackup.engine.archive.Chunker;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;

/** Threads that read small files ahead, and a reader for the calling thread. */
final class FileReaders implements AutoCloseable {

    private final ExecutorService threads;
    private final BlockingQueue<FileReading> idle = new LinkedBlockingQueue<>();
    private final FileReading own;

    private FileReaders(int count, FileReading own) {
        this.threads = Executors.newFixedThreadPool(count, new NamedThreads("reader"));
        this.own = own;
    }

    static FileReaders of(SourceKey key, int count, Chunker chunker) throws IOException {
        int epoch = key.newestEpoch();
        FileReaders readers = new FileReaders(count, new FileReading(chunker, key.chunkIdHash(epoch)));
        for (int i = 0; i < count; i++) {
            readers.idle.add(new FileReading(chunker, key.chunkIdHash(epoch)));
        }
        return readers;
    }

    /** What one of the threads does with its reader. */
    interface Work<T> {
        T with(FileReading reading) throws InterruptedException;
    }

    /** Has something read on one of the threads. */
    <T> Future<T> submit(Work<T> work) {
        return threads.submit(() -> {
            FileReading reading = idle.take();
            try {
                return work.with(reading);
            } finally {
                idle.add(reading);
            }
        });
    }

    /** For the calling thread alone. */
    FileReading own() {
        return own;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
