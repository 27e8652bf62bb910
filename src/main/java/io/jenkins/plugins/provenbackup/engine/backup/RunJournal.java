package io.jenkins.plugins.provenbackup.engine.backup;

import io.jenkins.plugins.provenbackup.engine.archive.FinishedArchive;
import io.jenkins.plugins.provenbackup.engine.catalog.CheckpointSegments;
import io.jenkins.plugins.provenbackup.engine.catalog.Entry;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.repository.ArchiveTable;
import io.jenkins.plugins.provenbackup.engine.repository.Checkpoint;
import io.jenkins.plugins.provenbackup.engine.repository.ObjectRef;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.RunId;
import io.jenkins.plugins.provenbackup.engine.repository.RunStore;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.transfer.Uploads;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells the destinations that a run is alive and what it has done, so that prune spares its archives and a later run can go
 * on from there (repository format, section 10). Safe for use by several threads.
 */
final class RunJournal implements AutoCloseable {

    /**
     * Entries that may wait for their archive to be stored. Of tiny files an archive of the usual size holds some hundred thousand, and
     * each of them costs about a kilobyte here; so that memory stays bounded, such an archive is sent before it is full.
     */
    private static final int MOST_WAITING = 20_000;

    private final RunId run;
    private final SourceKey key;
    private final BackupTuning tuning;
    private final Clock clock;
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "heartbeat");
        thread.setDaemon(true);
        return thread;
    });

    /** Held by whoever puts, so that numbers reach the destinations in order; never wanted by who holds the monitor. */
    private final ReentrantLock putting = new ReentrantLock();

    private final List<ArchiveTable.Row> written = new ArrayList<>();
    private final Set<ObjectHash> confirmed = new HashSet<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final CheckpointSegments segments = new CheckpointSegments();
    private Optional<Uploads> uploads = Optional.empty();
    private Optional<Future<?>> beating = Optional.empty();
    private int nextNumber;
    private long lastPut;
    private long lastCheckpoint;
    private int reported;
    private int settled;
    private long settledBlocks;
    private long bytesSince;
    private int nextCrowd = MOST_WAITING;

    /** An entry, or a content segment that later entries name, until its blocks are stored somewhere. */
    private record Waiting(Optional<Entry> entry, byte[] content, long blocks) {}

    RunJournal(RunId run, SourceKey key, BackupTuning tuning, Clock clock) {
        this.run = run;
        this.key = key;
        this.tuning = tuning;
        this.clock = clock;
        this.lastCheckpoint = System.nanoTime();
    }

    /** Puts the first heartbeat; a destination that refuses it is left out by the caller. */
    void begin(Replica replica) throws IOException {
        new RunStore(replica).put(checkpoint(0, new ArchiveTable(List.of()), List.of()), key);
    }

    /** From now on heartbeats follow by themselves. */
    synchronized void start(Uploads to) {
        uploads = Optional.of(to);
        nextNumber = 1;
        lastPut = System.nanoTime();
        long round = Math.max(1, tuning.heartbeat().toMillis() / 10);
        beating = Optional.of(beats.scheduleWithFixedDelay(this::beat, round, round, TimeUnit.MILLISECONDS));
    }

    /** An archive was written and is on its way to the destinations. */
    synchronized void written(FinishedArchive archive) {
        written.add(new ArchiveTable.Row(new ObjectRef(archive.hash(), archive.size()), archive.ranges()));
    }

    /** A destination has the archive. */
    synchronized void confirmed(FinishedArchive archive) {
        if (!confirmed.add(archive.hash())) {
            return;
        }
        bytesSince += archive.size();
        while (settled < written.size()
                && confirmed.contains(written.get(settled).archive().hash())) {
            written.get(settled)
                    .ranges()
                    .forEach(range -> settledBlocks = Math.max(settledBlocks, range.first() + range.count()));
            settled++;
        }
    }

    /** The archives of this run, in order. */
    synchronized List<ArchiveTable.Row> archives() {
        return List.copyOf(written);
    }

    /** A content segment that later entries name. */
    synchronized void content(byte[] segment) {
        queue(new Waiting(Optional.empty(), segment, 0));
    }

    /**
     * An entry is done.
     *
     * @param blocks number of the last block of this run that it lies in, plus one; 0 for none
     */
    synchronized void done(Entry entry, long blocks) {
        queue(new Waiting(Optional.of(entry), new byte[0], blocks));
    }

    /** A dry run stores nothing, so nothing waits for it. */
    private void queue(Waiting next) {
        if (uploads.isPresent()) {
            waiting.add(next);
        }
    }

    /** Whether so much was done since the last checkpoint that one should follow. */
    synchronized boolean isDue() {
        return uploads.isPresent()
                && (bytesSince >= tuning.checkpointBytes() || waiting.size() >= nextCrowd || isLate());
    }

    /** Whether the archive that is being written should be sent, so that entries need not wait for it. */
    synchronized boolean wantsArchive() {
        return waiting.size() >= nextCrowd || isLate();
    }

    /** Whether the time for a checkpoint has come, so that even a small archive should be sent. */
    synchronized boolean isLate() {
        return !waiting.isEmpty()
                && System.nanoTime() - lastCheckpoint >= tuning.checkpointTime().toNanos();
    }

    /** Puts a checkpoint with all entries whose blocks are stored somewhere. */
    void checkpoint() throws IOException, InterruptedException {
        putting.lockInterruptibly();
        try {
            Optional<Checkpoint> next = nextCheckpoint();
            if (next.isPresent()) {
                put(next.get());
            }
        } finally {
            putting.unlock();
        }
    }

    private synchronized Optional<Checkpoint> nextCheckpoint() {
        while (!waiting.isEmpty() && waiting.peek().blocks() <= settledBlocks) {
            Waiting next = waiting.remove();
            next.entry().ifPresentOrElse(segments::add, () -> segments.addContent(next.content()));
        }
        // What is left waits for an upload that is under way; only as many more are a reason to send another archive.
        nextCrowd = waiting.size() + MOST_WAITING;
        ArchiveTable table = new ArchiveTable(written.subList(reported, settled));
        List<byte[]> taken = segments.take();
        lastCheckpoint = System.nanoTime();
        bytesSince = 0;
        if (taken.isEmpty() && table.archives().isEmpty()) {
            return Optional.empty();
        }
        reported = settled;
        return Optional.of(checkpoint(nextNumber++, table, taken));
    }

    private synchronized Optional<Checkpoint> nextBeat() {
        Duration since = Duration.ofNanos(System.nanoTime() - lastPut);
        return since.compareTo(tuning.heartbeat().multipliedBy(8).dividedBy(10)) > 0
                ? Optional.of(checkpoint(nextNumber++, new ArchiveTable(List.of()), List.of()))
                : Optional.empty();
    }

    private void beat() {
        if (!putting.tryLock()) {
            // A checkpoint is on its way, which tells as much.
            return;
        }
        try {
            Optional<Checkpoint> next = nextBeat();
            if (next.isPresent()) {
                put(next.get());
            }
        } catch (IOException e) {
            // No destination is left; the run itself finds that out at its next upload.
            stopBeating();
        } finally {
            putting.unlock();
        }
    }

    private synchronized void stopBeating() {
        beating.ifPresent(beat -> beat.cancel(false));
    }

    /** Without the monitor, since a destination may take its time. */
    private void put(Checkpoint checkpoint) throws IOException {
        Uploads to = destinations();
        for (Replica replica : to.healthy()) {
            try {
                new RunStore(replica).put(checkpoint, key);
            } catch (IOException e) {
                to.fail(replica, e);
            }
        }
        wasPut();
        to.requireOne();
    }

    private synchronized Uploads destinations() {
        return uploads.orElseThrow();
    }

    private synchronized void wasPut() {
        lastPut = System.nanoTime();
    }

    private Checkpoint checkpoint(int number, ArchiveTable table, List<byte[]> taken) {
        return new Checkpoint(
                key.repositoryId(), key.sourceId(), key.newestEpoch(), run, number, clock.instant(), table, taken);
    }

    @Override
    public void close() {
        beats.shutdownNow();
    }
}
