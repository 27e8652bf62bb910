package io.jenkins.plugins.provenbackup.engine.archive;

import java.util.HashMap;
import java.util.Map;

/**
 * Runs steps in the order of their numbers, one at a time, though they get ready in any order: on whichever of the threads
 * that bring them is there when a step's turn comes. Safe for use by several threads.
 */
final class InOrder {

    private final Map<Long, Runnable> ready = new HashMap<>();
    private long next;
    private boolean running;

    /**
     * Brings a step, and runs it and those after it if it is their turn.
     *
     * @param number from 0, without gaps, each once
     * @param step must not throw
     */
    void arrive(long number, Runnable step) {
        synchronized (this) {
            ready.put(number, step);
            if (running) {
                return;
            }
            running = true;
        }
        for (Runnable turn = takeNext(); turn != null; turn = takeNext()) {
            turn.run();
        }
    }

    private synchronized Runnable takeNext() {
        Runnable turn = ready.remove(next);
        if (turn == null) {
            running = false;
        } else {
            next++;
        }
        return turn;
    }
}
