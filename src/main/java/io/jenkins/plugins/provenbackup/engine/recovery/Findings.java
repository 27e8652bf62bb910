package io.jenkins.plugins.provenbackup.engine.recovery;

import java.util.ArrayList;
import java.util.List;

/** Errors of one recovery test: all are counted, the first are kept. For one thread. */
final class Findings {

    private static final int MOST_KEPT = 20;

    private final List<String> kept = new ArrayList<>();
    private long count;

    void add(String problem) {
        add(problem, 1);
    }

    /** One sentence for several errors. */
    void add(String problem, long errors) {
        count += errors;
        if (kept.size() < MOST_KEPT) {
            kept.add(problem);
        }
    }

    /** Errors of which nothing is said. */
    void count(long errors) {
        count += errors;
    }

    long count() {
        return count;
    }

    List<String> kept() {
        return List.copyOf(kept);
    }
}
