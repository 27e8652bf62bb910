package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which archives hang together: those that one snapshot names, and so on from snapshot to snapshot. A full snapshot names
 * nothing that earlier ones name, so its archives begin a lineage of their own. For one thread.
 */
final class Lineages {

    private final Map<ObjectHash, Integer> numbers = new HashMap<>();
    private final List<Integer> parents = new ArrayList<>();

    /** Notes that one snapshot names all of these. */
    void join(List<ObjectHash> archives) {
        int first = -1;
        for (ObjectHash archive : archives) {
            int number = numbers.computeIfAbsent(archive, hash -> {
                parents.add(parents.size());
                return parents.size() - 1;
            });
            first = first < 0 ? number : first;
            parents.set(root(number), root(first));
        }
    }

    /** The same number for all archives of a lineage. */
    int of(ObjectHash archive) {
        return root(numbers.get(archive));
    }

    private int root(int number) {
        int at = number;
        while (parents.get(at).intValue() != at) {
            parents.set(at, parents.get(parents.get(at)));
            at = parents.get(at);
        }
        return at;
    }
}
