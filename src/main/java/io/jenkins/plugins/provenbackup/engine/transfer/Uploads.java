package io.jenkins.plugins.provenbackup.engine.transfer;

import io.jenkins.plugins.provenbackup.engine.archive.ArchiveSink;
import io.jenkins.plugins.provenbackup.engine.archive.FinishedArchive;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Sends every archive to all destinations, each at its own pace. A destination that fails is left behind; one whose queue
 * stays full while another has nothing to do is left behind too, after some patience. The run goes on as long as one is
 * well. Safe for use by several threads.
 */
public final class Uploads implements ArchiveSink, AutoCloseable {

    private static final long ROUND_MILLIS = 200;

    private final List<UploadQueue> queues;
    private final Duration patience;

    /**
     * Starts one thread a destination.
     *
     * @param patience how long a full queue may hold the others up
     * @param stored is told of every archive that a destination has confirmed, on that destination's thread
     */
    public Uploads(List<Replica> replicas, Duration patience, BiConsumer<Replica, FinishedArchive> stored) {
        this.queues = replicas.stream()
                .map(replica -> new UploadQueue(replica, stored))
                .toList();
        this.patience = patience;
    }

    /**
     * Queues an archive everywhere; waits for room.
     *
     * @throws IOException when no destination is left
     */
    @Override
    public void accept(FinishedArchive archive) throws IOException, InterruptedException {
        List<UploadQueue> healthy =
                queues.stream().filter(UploadQueue::isHealthy).toList();
        SharedArchive shared = new SharedArchive(archive, healthy.size());
        int given = 0;
        try {
            for (UploadQueue queue : healthy) {
                give(queue, shared);
                given++;
            }
        } finally {
            for (int i = given; i < healthy.size(); i++) {
                shared.release();
            }
        }
        requireOne();
    }

    private void give(UploadQueue queue, SharedArchive shared) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!queue.offer(shared, ROUND_MILLIS)) {
            if (!queue.isHealthy()) {
                shared.release();
                return;
            }
            if (System.nanoTime() > deadline && queues.stream().anyMatch(UploadQueue::isIdle)) {
                queue.fail(new StorageException(queue.replica().location() + " was too slow: its queue stayed full for "
                        + patience.toSeconds() + " s while others waited. It is caught up at the end."));
            }
        }
    }

    /**
     * Fails when no destination is left.
     *
     * @throws IOException with the first destination's reason
     */
    public void requireOne() throws IOException {
        if (queues.isEmpty() || queues.stream().anyMatch(UploadQueue::isHealthy)) {
            return;
        }
        IOException first = queues.get(0).failure().orElseThrow();
        StorageException all = new StorageException(
                (queues.size() == 1 ? "The destination failed: " : "All destinations failed; the first: ")
                        + first.getMessage(),
                first);
        throw all;
    }

    /** Leaves a destination behind. */
    public void fail(Replica replica, IOException cause) {
        queues.stream().filter(queue -> queue.replica() == replica).forEach(queue -> queue.fail(cause));
    }

    /** The destinations that have everything so far. */
    public List<Replica> healthy() {
        return queues.stream()
                .filter(UploadQueue::isHealthy)
                .map(UploadQueue::replica)
                .toList();
    }

    /** Why a destination was left behind. */
    public Optional<IOException> failure(Replica replica) {
        return queues.stream()
                .filter(queue -> queue.replica() == replica)
                .findFirst()
                .flatMap(UploadQueue::failure);
    }

    /** Which archives each destination has confirmed. */
    public Map<Replica, Set<ObjectHash>> confirmed() {
        return queues.stream().collect(Collectors.toMap(UploadQueue::replica, UploadQueue::confirmed));
    }

    /**
     * Waits until every queue is empty.
     *
     * @throws IOException when no destination is left
     */
    public void finish() throws IOException, InterruptedException {
        for (UploadQueue queue : queues) {
            queue.finish();
        }
        requireOne();
    }

    /** Ends all uploads at once; after {@link #finish} nothing is left to end. */
    @Override
    public void close() {
        queues.forEach(UploadQueue::abort);
    }
}
