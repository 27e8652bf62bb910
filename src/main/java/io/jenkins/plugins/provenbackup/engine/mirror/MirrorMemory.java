package io.jenkins.plugins.provenbackup.engine.mirror;

import io.jenkins.plugins.provenbackup.engine.catalog.ChangeRule;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.repository.MirrorState;
import io.jenkins.plugins.provenbackup.engine.repository.MirrorStates;
import io.jenkins.plugins.provenbackup.engine.repository.RememberedFile;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.RunId;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What the last run knew of each file, read beside the walk, and what this one learns, written behind it. Memory is in
 * proportion to the files that are under way. For the thread of the walk, but for {@link Slot}.
 */
public final class MirrorMemory {

    private static final int FILES_IN_A_PART = 4096;
    private static final int MOST_UNDER_WAY = 2 * FILES_IN_A_PART;

    /**
     * Where runs are remembered.
     *
     * @param replicas all of them
     * @param key of the source
     */
    public record Place(List<Replica> replicas, SourceKey key) {

        public Place {
            replicas = List.copyOf(replicas);
        }
    }

    /** The place of one file in what is written; filled by the thread that mirrors it. */
    static final class Slot {
        private Optional<RememberedFile> file = Optional.empty();
        private boolean done;

        synchronized void fill(Optional<RememberedFile> learnt) {
            file = learnt;
            done = true;
            notifyAll();
        }

        private synchronized boolean isDone() {
            return done;
        }

        private synchronized Optional<RememberedFile> await() throws InterruptedException {
            while (!done) {
                wait();
            }
            return file;
        }
    }

    private final List<MirrorStates> states = new ArrayList<>();
    private final String target;
    private final Clock clock;
    private final Instant start;
    private final RunId run = RunId.random();
    private Optional<MirrorState> last = Optional.empty();
    private Optional<MirrorStates> lastStates = Optional.empty();
    private int nextPart;
    private final Deque<RememberedFile> read = new ArrayDeque<>();
    private final Deque<Slot> slots = new ArrayDeque<>();
    private List<RememberedFile> learnt = new ArrayList<>();
    private int parts;
    private Optional<IOException> failure = Optional.empty();

    /** Looks for the newest run at all places. */
    MirrorMemory(Place place, String target, Clock clock) throws IOException {
        this.target = target;
        this.clock = clock;
        this.start = clock.instant();
        for (Replica replica : place.replicas()) {
            MirrorStates here = new MirrorStates(replica, place.key());
            states.add(here);
            Optional<MirrorState> newest = here.newest(target);
            if (newest.isPresent()
                    && newest.get().sequence() > last.map(MirrorState::sequence).orElse(0L)) {
                last = newest;
                lastStates = Optional.of(here);
            }
        }
    }

    /** What is remembered of a file; asked in order of paths. */
    Optional<RememberedFile> recall(EntryPath path) {
        while (true) {
            while (!read.isEmpty() && read.peekFirst().path().compareTo(path) < 0) {
                read.removeFirst();
            }
            if (!read.isEmpty()) {
                return read.peekFirst().path().equals(path) ? Optional.of(read.removeFirst()) : Optional.empty();
            }
            if (last.isEmpty() || nextPart >= last.get().parts()) {
                return Optional.empty();
            }
            try {
                read.addAll(lastStates.orElseThrow().files(last.get(), nextPart++));
            } catch (IOException damaged) {
                // What cannot be remembered is compared by size and time.
                nextPart = last.get().parts();
            }
        }
    }

    /** Whether the source's file is certainly the one that was copied then. */
    boolean isUnchanged(Node now, RememberedFile before) {
        MirrorState state = last.orElseThrow();
        Instant mtime = now.metadata().mtime();
        boolean recent = !mtime.isBefore(state.start().minus(ChangeRule.COARSEST_CLOCK))
                && !mtime.isAfter(state.end().plus(ChangeRule.COARSEST_CLOCK));
        return now.size() == before.size()
                && mtime.equals(before.mtime())
                && now.metadata().ctime().equals(before.ctime())
                && now.metadata().inode() == before.inode()
                && !recent;
    }

    /** A slot for the next file, in order of paths. */
    Slot next() throws InterruptedException {
        while (!slots.isEmpty() && (slots.peekFirst().isDone() || slots.size() >= MOST_UNDER_WAY)) {
            take();
        }
        Slot slot = new Slot();
        slots.addLast(slot);
        return slot;
    }

    /** Writes the rest; then this run is the one that counts. */
    void finish() throws IOException, InterruptedException {
        while (!slots.isEmpty()) {
            take();
        }
        if (!learnt.isEmpty()) {
            putPart();
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
        MirrorState state = new MirrorState(
                run, target, last.map(MirrorState::sequence).orElse(0L) + 1, start, clock.instant(), parts);
        for (MirrorStates place : states) {
            place.put(state);
        }
        for (MirrorStates place : states) {
            place.clean(state, clock.instant());
        }
    }

    private void take() throws InterruptedException {
        slots.removeFirst().await().ifPresent(learnt::add);
        if (learnt.size() == FILES_IN_A_PART) {
            putPart();
        }
    }

    /** A failure is told at the end: the copy does not depend on it. */
    private void putPart() {
        try {
            for (MirrorStates place : failure.isEmpty() ? states : List.<MirrorStates>of()) {
                place.put(run, parts, learnt);
            }
        } catch (IOException e) {
            failure = Optional.of(e);
        }
        parts++;
        learnt = new ArrayList<>();
    }
}
