package io.jenkins.plugins.provenbackup.engine.backup;

import io.jenkins.plugins.provenbackup.engine.repository.Inventory;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
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

    /**
     * Does something with all of them; when it fails, and that was one destination's fault, does it again without that one.
     *
     * @throws IOException when it fails although every destination answers, or none is left
     */
    <T> T together(Work<T> work) throws IOException {
        while (true) {
            int before = reached.size();
            try {
                return work.run();
            } catch (StorageException e) {
                each(PlannedDestinations::probe);
                if (reached.size() == before) {
                    throw e;
                }
            }
        }
    }

    private static boolean probe(Replica replica) throws IOException {
        replica.read(Layout.REPOSITORY);
        Inventory.of(replica);
        return true;
    }

    /** Asks several destinations at once. */
    interface Work<T> {
        T run() throws IOException;
    }
}
