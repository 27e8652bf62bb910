package io.jenkins.plugins.provenbackup.engine.backup;

import io.jenkins.plugins.provenbackup.engine.NamedThreads;
import io.jenkins.plugins.provenbackup.engine.source.SourceItem;
import io.jenkins.plugins.provenbackup.engine.source.SourceWalk;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A walk that goes on, on a thread of its own, while what it found is dealt with: listing a tree is a third of the work that would
 * otherwise be one thread's alone. What it finds is handed over by the dozen and in order; a bounded number of items waits. Its
 * problems are reported on that thread. Whoever closes it, at whatever moment, ends the thread.
 */
final class WalkAhead implements SourceWalk {

    private static final int MOST_ITEMS = 64;
    private static final int MOST_BATCHES = 8;
    /** A walk that is slower than that hands over what it has. */
    private static final long LONGEST_WAIT = TimeUnit.MILLISECONDS.toNanos(50);

    private static final long PATIENCE = TimeUnit.SECONDS.toMillis(5);

    private final SourceWalk walk;
    private final Thread walker;
    private final BlockingQueue<Batch> batches = new ArrayBlockingQueue<>(MOST_BATCHES);
    private Iterator<SourceItem> items = List.<SourceItem>of().iterator();
    private Optional<End> end = Optional.empty();

    /** Some items, and how the walk ended if no more come. */
    private record Batch(List<SourceItem> items, Optional<End> end) {}

    /** The end of a walk: everything was seen, or something was thrown. */
    private record End(Optional<Throwable> thrown) {}

    private WalkAhead(SourceWalk walk) {
        this.walk = walk;
        this.walker = new NamedThreads("walk").newThread(this::walk);
    }

    /** Goes on with a walk that has begun, and owns it from now on. */
    static WalkAhead of(SourceWalk walk) {
        WalkAhead ahead = new WalkAhead(walk);
        ahead.walker.start();
        return ahead;
    }

    private void walk() {
        try (walk) {
            handOver(walk);
        } catch (InterruptedException e) {
            // Nobody waits for more: it was closed.
            Thread.currentThread().interrupt();
        }
    }

    private void handOver(SourceWalk from) throws InterruptedException {
        List<SourceItem> found = new ArrayList<>(MOST_ITEMS);
        long begin = System.nanoTime();
        while (true) {
            Optional<SourceItem> next;
            try {
                next = from.next();
            } catch (RuntimeException | Error e) {
                batches.put(new Batch(found, Optional.of(new End(Optional.of(e)))));
                return;
            }
            if (next.isEmpty()) {
                batches.put(new Batch(found, Optional.of(new End(Optional.empty()))));
                return;
            }
            found.add(next.get());
            if (found.size() == MOST_ITEMS || System.nanoTime() - begin > LONGEST_WAIT) {
                batches.put(new Batch(found, Optional.empty()));
                found = new ArrayList<>(MOST_ITEMS);
                begin = System.nanoTime();
            }
        }
    }

    @Override
    public Optional<SourceItem> next() throws InterruptedException {
        while (!items.hasNext()) {
            if (end.isPresent()) {
                end.get().thrown().ifPresent(WalkAhead::rethrow);
                return Optional.empty();
            }
            Batch batch = batches.take();
            items = batch.items().iterator();
            end = batch.end();
        }
        return Optional.of(items.next());
    }

    private static void rethrow(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) thrown;
    }

    /** Waits a little for the thread, which a file system that hangs can hold; it then ends when that answers. */
    @Override
    public void close() {
        walker.interrupt();
        boolean interrupted = Thread.interrupted();
        try {
            walker.join(PATIENCE);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
