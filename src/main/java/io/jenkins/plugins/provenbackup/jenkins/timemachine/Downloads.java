package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts the files that are on their way to people. Each holds a thread of the web server for as long as its reader reads, so there are
 * only so many at once, and fewer to one person. Thread-safe.
 */
final class Downloads {

    private static final int MOST = 8;
    private static final int MOST_OF_ONE = 4;

    private final Map<String, Integer> running = new HashMap<>();

    /**
     * Lets one begin, which {@link #end} is to be told of.
     *
     * @param who by name
     * @return whether it may
     */
    synchronized boolean begin(String who) {
        int all = running.values().stream().mapToInt(Integer::intValue).sum();
        if (all >= MOST || running.getOrDefault(who, 0) >= MOST_OF_ONE) {
            return false;
        }
        running.merge(who, 1, Integer::sum);
        return true;
    }

    synchronized void end(String who) {
        running.computeIfPresent(who, (name, count) -> count == 1 ? null : count - 1);
    }
}
