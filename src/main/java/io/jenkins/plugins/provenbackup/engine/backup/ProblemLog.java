package io.jenkins.plugins.provenbackup.engine.backup;

import io.jenkins.plugins.provenbackup.engine.source.Problem;
import io.jenkins.plugins.provenbackup.engine.source.SourceProblems;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts the problems of a run and keeps the first of them. Safe for use by several threads. */
final class ProblemLog implements SourceProblems {

    private final Map<Problem.Kind, Long> counts = new EnumMap<>(Problem.Kind.class);
    private final List<Problem> kept = new ArrayList<>();

    @Override
    public synchronized void report(Problem problem) {
        counts.merge(problem.kind(), 1L, Long::sum);
        if (kept.size() < BackupResult.MOST_PROBLEMS) {
            kept.add(problem);
        }
    }

    synchronized long count(Problem.Kind... kinds) {
        long sum = 0;
        for (Problem.Kind kind : kinds) {
            sum += counts.getOrDefault(kind, 0L);
        }
        return sum;
    }

    /** Everything that makes the snapshot incomplete. */
    synchronized long incomplete() {
        return counts.entrySet().stream()
                .filter(count -> count.getKey().effect() == Problem.Effect.INCOMPLETE)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    synchronized long all() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    synchronized List<Problem> kept() {
        return List.copyOf(kept);
    }
}
