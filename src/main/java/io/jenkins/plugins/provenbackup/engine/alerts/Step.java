package io.jenkins.plugins.provenbackup.engine.alerts;

import java.util.List;

/**
 * What a look changed.
 *
 * @param memory for the next one
 * @param raised alerts that are new
 * @param cleared alerts that are over
 */
public record Step(Memory memory, List<Alert> raised, List<Alert> cleared) {

    public Step {
        raised = List.copyOf(raised);
        cleared = List.copyOf(cleared);
    }

    static Step of(Memory before, Memory after) {
        return new Step(
                after,
                after.open().stream()
                        .filter(one -> before.open(one.key()).isEmpty())
                        .toList(),
                before.open().stream()
                        .filter(one -> after.open(one.key()).isEmpty())
                        .toList());
    }
}
