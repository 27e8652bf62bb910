package io.jenkins.plugins.provenbackup.engine.archive;

import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;

/**
 * The part of a {@link StreamWriter} that works on other threads: seals blocks side by side, appends them in order. One
 * thread uses it; what fails on a worker is kept and thrown there.
 */
final class BlockPipeline implements AutoCloseable {

    /** How long to wait before looking whether the workers are still there. */
    private static final long LOOK_AGAIN_MILLIS = 500;

    private final StreamKey key;
    private final StreamId stream;
    private final StreamHeader header;
    private final Codec codec;
    private final ExecutorService workers;
    private final ArchiveSink sink;
    private final ArchiveSeries archives;
    private final InOrder order = new InOrder();
    private long submitted;

    /** Guards all below. */
    private final Object lock = new Object();

    private final BlockBuffers buffers;
    private final Deque<BlockSealer> idleSealers = new ArrayDeque<>();
    private long done;
    private int running;
    private Throwable failure;
    private boolean closed;
    private Thread inSink;
    private boolean sinkInterrupted;

    BlockPipeline(
            StreamKey key,
            BlockParameters parameters,
            Codec codec,
            ExecutorService workers,
            ArchiveSink sink,
            SpoolPool spool) {
        this.key = key;
        this.header = StreamHeader.of(key.header());
        this.stream = header.id();
        this.codec = codec;
        this.workers = workers;
        this.sink = sink;
        this.archives = new ArchiveSeries(spool, parameters.archive(), this::handOver);
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
                    int length = seal(number, buffer, plainLength);
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
            keepInterrupt();
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

    private int seal(int number, byte[] buffer, int plainLength) {
        BlockSealer sealer;
        synchronized (lock) {
            sealer = idleSealers.pollFirst();
        }
        if (sealer == null) {
            sealer = new BlockSealer(key, codec);
        }
        try {
            return sealer.seal(number, buffer, plainLength);
        } finally {
            synchronized (lock) {
                idleSealers.addFirst(sealer);
            }
        }
    }

    private void handOver(FinishedArchive archive) throws IOException, InterruptedException {
        synchronized (lock) {
            if (closed) {
                throw new IOException("the writer was closed");
            }
            inSink = Thread.currentThread();
        }
        try {
            sink.accept(archive);
        } finally {
            synchronized (lock) {
                inSink = null;
                if (sinkInterrupted) {
                    // the interrupt was for the sink, not for the worker
                    Thread.interrupted();
                }
            }
        }
    }

    /** An interrupt that close() sent to the sink is none of the worker's business. */
    private void keepInterrupt() {
        synchronized (lock) {
            if (!sinkInterrupted) {
                Thread.currentThread().interrupt();
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
            if (inSink != null) {
                sinkInterrupted = true;
                inSink.interrupt();
            }
            while (running > 0) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            archives.release();
            idleSealers.forEach(BlockSealer::close);
            idleSealers.clear();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
