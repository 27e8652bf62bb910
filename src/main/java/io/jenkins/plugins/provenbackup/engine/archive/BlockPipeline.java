package io.jenkins.plugins.provenbackup.engine.archive;

import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import java.io.IOException;
import java.util.concurrent.ExecutorService;

/**
 * The part of a {@link StreamWriter} that works on other threads: seals blocks side by side, appends them in order. One
 * thread uses it; what fails on a worker is kept and thrown there.
 */
final class BlockPipeline implements AutoCloseable {

    /** How long to wait before looking whether the workers are still there. */
    private static final long LOOK_AGAIN_MILLIS = 500;

    private final StreamId stream;
    private final StreamHeader header;
    private final ExecutorService workers;
    private final SealerPool sealers;
    private final Handover handover;
    private final ArchiveSeries archives;
    private final InOrder order = new InOrder();
    private long submitted;

    /** Guards all below. */
    private final Object lock = new Object();

    private final BlockBuffers buffers;
    private long done;
    private int running;
    private Throwable failure;
    private boolean closed;

    BlockPipeline(
            StreamKey key,
            BlockParameters parameters,
            Codec codec,
            ExecutorService workers,
            ArchiveSink sink,
            SpoolPool spool) {
        this.header = StreamHeader.of(key.header());
        this.stream = header.id();
        this.workers = workers;
        this.sealers = new SealerPool(key, codec);
        this.handover = new Handover(sink);
        this.archives = new ArchiveSeries(spool, parameters.archive(), handover);
        this.buffers = new BlockBuffers(parameters.inFlight());
    }

    StreamId stream() {
        return stream;
    }

    /** A buffer for a plain text of at most so many bytes; waits while too many blocks are on their way. */
    byte[] buffer(int plainLength) throws IOException, InterruptedException {
        synchronized (lock) {
            requireSound();
            while (!buffers.available()) {
                lookAgainLater();
            }
            return buffers.take(plainLength + BlockSealer.OVERHEAD);
        }
    }

    /** Sends a block on its way; the buffer belongs to the pipeline from now on. */
    void submit(int number, byte[] buffer, int plainLength) throws IOException {
        execute(
                () -> {
                    int length = sealers.seal(number, buffer, plainLength);
                    return () -> archives.append(header, new SealedBlock(stream, number, buffer, 0, length));
                },
                () -> buffers.giveBack(buffer));
    }

    /** Ends the archive after the blocks that were submitted. */
    void endArchive() throws IOException {
        execute(() -> archives::finish, () -> {});
    }

    /** Waits until all that was submitted is appended, and the archives that were ended are with the sink. */
    void drain() throws IOException, InterruptedException {
        synchronized (lock) {
            requireSound();
            while (done < submitted) {
                lookAgainLater();
            }
        }
    }

    private interface Preparation {
        Step prepare() throws IOException;
    }

    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    private void execute(Preparation preparation, Runnable cleanUp) throws IOException {
        synchronized (lock) {
            requireSound();
        }
        long turn = submitted++;
        workers.execute(() -> work(turn, preparation, cleanUp));
    }

    private void work(long turn, Preparation preparation, Runnable cleanUp) {
        synchronized (lock) {
            running++;
        }
        try {
            Step step = attempt(preparation);
            order.arrive(turn, () -> attempt(step, cleanUp));
        } finally {
            synchronized (lock) {
                running--;
                lock.notifyAll();
            }
        }
    }

    private Step attempt(Preparation preparation) {
        try {
            return stopped() ? () -> {} : preparation.prepare();
        } catch (Throwable e) {
            fail(e);
            return () -> {};
        }
    }

    private void attempt(Step step, Runnable cleanUp) {
        try {
            if (!stopped()) {
                step.run();
            }
        } catch (InterruptedException e) {
            handover.keepInterrupt();
            fail(new IOException("The threads that compress and encrypt were stopped; the backup cannot go on.", e));
        } catch (Throwable e) {
            fail(e);
        } finally {
            synchronized (lock) {
                cleanUp.run();
                done++;
                lock.notifyAll();
            }
        }
    }

    private boolean stopped() {
        synchronized (lock) {
            return closed || failure != null;
        }
    }

    private void fail(Throwable cause) {
        synchronized (lock) {
            if (failure == null) {
                failure = cause;
            }
            lock.notifyAll();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // those who call it loop
    private void lookAgainLater() throws IOException, InterruptedException {
        if (workers.isShutdown() && running == 0) {
            throw new IOException("The threads that compress and encrypt were stopped; the backup cannot go on.");
        }
        lock.wait(LOOK_AGAIN_MILLIS);
        requireSound();
    }

    private void requireSound() throws IOException {
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        if (closed) {
            throw new IllegalStateException("the writer was closed");
        }
    }

    int buffersMade() {
        synchronized (lock) {
            return buffers.made();
        }
    }

    /** Stops what is running, waits for that, and drops what is not with the sink. */
    @Override
    public void close() {
        boolean interrupted = false;
        synchronized (lock) {
            closed = true;
            handover.close();
            while (running > 0) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            archives.release();
            sealers.close();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
