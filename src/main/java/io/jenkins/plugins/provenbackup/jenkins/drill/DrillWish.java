package io.jenkins.plugins.provenbackup.jenkins.drill;

import io.jenkins.plugins.provenbackup.jenkins.execution.RestoreParameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a step may say beside {@code drill: true}. */
public final class DrillWish {

    private DrillWish() {}

    /** What does not go together, in a sentence for the user; empty when nothing is wrong or no drill is asked for. */
    public static Optional<String> problem(RestoreParameters asked) {
        if (!asked.drill) {
            return Optional.empty();
        }
        if (asked.policy.isEmpty()) {
            return Optional.of("A recovery drill is of a policy: write verifyRestore(policy: 'NAME', drill: true).");
        }
        Map<String, String> others = new LinkedHashMap<>();
        others.put("source", asked.source);
        others.put("name", asked.name);
        others.put("location", asked.location);
        others.put("snapshot", asked.snapshot);
        others.put("from", asked.from);
        others.put("keys", asked.keys);
        others.put("credentialsId", asked.credentialsId);
        List<String> given = others.entrySet().stream()
                .filter(one -> !one.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        return given.isEmpty()
                ? Optional.empty()
                : Optional.of("A recovery drill restores every source of its policy, and chooses recovery points and"
                        + " destination itself: leave out " + String.join(", ", given) + ", or drill.");
    }
}
