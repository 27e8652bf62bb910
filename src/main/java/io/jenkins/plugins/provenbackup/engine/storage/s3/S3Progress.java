package io.jenkins.plugins.provenbackup.engine.storage.s3;

import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsProgress;
import java.util.ArrayList;
import java.util.List;

/** One piece of work: its last sign of life, and how to break what it waits for. Safe for several threads. */
final class S3Progress implements VfsProgress {

    private final List<Runnable> breakers = new ArrayList<>();
    private volatile long last = System.nanoTime();
    private boolean broken;

    @Override
    public void moved() {
        last = System.nanoTime();
    }

    long idleNanos() {
        return System.nanoTime() - last;
    }

    /** Says how to end a request that is about to begin; ends it at once when the work is given up already. */
    void breakBy(Runnable breaker) {
        synchronized (breakers) {
            if (!broken) {
                breakers.add(breaker);
                return;
            }
        }
        breaker.run();
    }

    /** Ends what is under way. */
    void giveUp() {
        List<Runnable> pending;
        synchronized (breakers) {
            broken = true;
            pending = List.copyOf(breakers);
            breakers.clear();
        }
        pending.forEach(Runnable::run);
    }
}
