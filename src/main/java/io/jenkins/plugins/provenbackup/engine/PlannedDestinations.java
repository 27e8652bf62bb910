package io.jenkins.plugins.provenbackup.engine;

import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SourceHistory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The destinations that a plan looks at: one that fails meanwhile is left out, as long as another is left. For one thread. */
final class PlannedDestinations {

    private final List<Replica> reached;
    private final Map<Replica, IOException> failures;

    /** Asks one destination. */
    interface Question<T> {
        T ask(Replica replica) throws IOException;
    }

    /**
     * Begins with all that were reached.
     *
     * @param failures is told of those that fail
     */
    PlannedDestinations(List<Replica> reached, Map<Replica, IOException> failures) {
        this.reached = new ArrayList<>(reached);
        this.failures = failures;
    }

    /** Those that have answered every question so far. */
    List<Replica> reached() {
        return List.copyOf(reached);
    }

    /**
     * Asks each.
     *
     * @throws IOException the first failure, when none answers
     */
    <T> Map<Replica, T> each(Question<T> question) throws IOException {
        Map<Replica, T> answers = new LinkedHashMap<>();
        IOException first = null;
        for (Replica replica : reached()) {
            try {
                answers.put(replica, question.ask(replica));
            } catch (IOException e) {
                first = first == null ? e : first;
                failures.put(replica, e);
                reached.remove(replica);
            }
        }
        if (first != null && reached.isEmpty()) {
            throw first;
        }
        return answers;
    }

    /** What they together know of the source's snapshots. */
    SourceHistory history(SourceKey key) throws IOException {
        try {
            return SourceHistory.load(reached, key);
        } catch (IOException e) {
            // Which of them cannot be listed shows when each is asked alone.
            each(replica -> SourceHistory.load(List.of(replica), key));
            return SourceHistory.load(reached, key);
        }
    }
}
