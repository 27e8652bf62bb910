package io.jenkins.plugins.provenbackup.jenkins.continuous;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Paths that may have changed. Adding one neither waits nor reads anything, since whoever saves does it. Thread-safe. */
final class NotedPaths {

    private final Set<String> paths = ConcurrentHashMap.newKeySet();
    private volatile boolean isWanted;
    private volatile long lastNanos;

    /** Notes a path, unless nobody wants to know. */
    void add(String path) {
        if (isWanted) {
            paths.add(path);
            lastNanos = System.nanoTime();
        }
    }

    /** Whether anything is noted at all. */
    void want(boolean wanted) {
        isWanted = wanted;
        if (!wanted) {
            paths.clear();
        }
    }

    /** Notes again what could not be used. */
    void putBack(Collection<String> unused) {
        paths.addAll(unused);
    }

    boolean isEmpty() {
        return paths.isEmpty();
    }

    /** Since when nothing was added, in nanoseconds; says nothing before the first. */
    long quietNanos() {
        return System.nanoTime() - lastNanos;
    }

    /** Takes what is noted until now; what comes meanwhile stays for the next time. */
    List<String> take() {
        List<String> taken = new ArrayList<>(paths);
        taken.forEach(paths::remove);
        return taken;
    }
}
