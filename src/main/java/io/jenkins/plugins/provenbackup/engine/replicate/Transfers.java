package io.jenkins.plugins.provenbackup.engine.replicate;

import io.jenkins.plugins.provenbackup.engine.NamedThreads;
import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SealedManifest;
import io.jenkins.plugins.provenbackup.engine.transfer.ObjectCopy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Copies several objects at once; each is streamed, checked on its way, and looked for at the target afterwards. For one
 * thread.
 */
final class Transfers implements AutoCloseable {

    private static final int AT_ONCE = 4;

    /** Beyond so many that wait, further ones are not yet handed to the threads. */
    private static final int WAITING = 4 * AT_ONCE;

    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, new NamedThreads("copy"));
    private final List<Replica> from;
    private final Replica to;
    private final ProgressListener progress;
    private final long deadline;
    private long objects;
    private long bytes;

    /** The time that was allowed is up. */
    static final class TimeUp extends IOException {
        private static final long serialVersionUID = 1L;

        TimeUp() {
            super("The time that copying may take is up.");
        }
    }

    /**
     * Starts the threads.
     *
     * @param deadline by {@link System#nanoTime}, after which nothing is begun
     */
    Transfers(List<Replica> from, Replica to, ProgressListener progress, long deadline) {
        this.from = from;
        this.to = to;
        this.progress = progress;
        this.deadline = deadline;
    }

    /**
     * Copies all; after the first failure no further one is begun.
     *
     * @param holdings is told of each that arrived
     * @throws ObjectCopy.NoIntactCopy when one is nowhere intact
     * @throws IOException when a destination failed
     */
    void copy(List<Needed> all, Holdings holdings) throws IOException, InterruptedException {
        List<Running> running = new ArrayList<>();
        try {
            for (Needed one : all) {
                requireTime();
                running.add(new Running(one, threads.submit(() -> copy(one))));
                if (running.size() >= WAITING) {
                    await(running.remove(0), holdings);
                }
            }
            while (!running.isEmpty()) {
                await(running.remove(0), holdings);
            }
        } finally {
            running.forEach(one -> one.future().cancel(false));
            for (Running one : running) {
                settle(one, holdings);
            }
        }
    }

    void requireTime() throws TimeUp {
        if (System.nanoTime() - deadline > 0) {
            throw new TimeUp();
        }
    }

    long objects() {
        return objects;
    }

    long bytes() {
        return bytes;
    }

    private record Running(Needed object, Future<?> future) {}

    private Void copy(Needed one) throws IOException {
        ObjectCopy.copy(from, to, one.name(), one.object());
        SealedManifest.requireStored(to, one.name(), one.object().size());
        progress.entries(1);
        progress.bytes(one.object().size());
        return null;
    }

    private void await(Running one, Holdings holdings) throws IOException, InterruptedException {
        try {
            one.future().get();
            arrived(one, holdings);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("copying " + one.object().name() + " failed unexpectedly", e.getCause());
        }
    }

    /** What was under way when another failed may have arrived all the same. */
    private void settle(Running one, Holdings holdings) {
        try {
            one.future().get();
            arrived(one, holdings);
        } catch (ExecutionException | CancellationException e) {
            // The first failure is told; this object is copied by the next run.
            return;
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void arrived(Running one, Holdings holdings) {
        holdings.confirmed(one.object());
        objects++;
        bytes += one.object().object().size();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
