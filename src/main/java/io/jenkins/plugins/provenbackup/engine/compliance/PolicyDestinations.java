package io.jenkins.plugins.provenbackup.engine.compliance;

import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The destinations of a policy as they were found.
 *
 * @param reached replicas by the destinations' names in the policy, in its order
 * @param unreachable the other destinations' names, with the reason
 */
public record PolicyDestinations(Map<String, Replica> reached, Map<String, String> unreachable) {

    public PolicyDestinations {
        reached = Collections.unmodifiableMap(new LinkedHashMap<>(reached));
        unreachable = Collections.unmodifiableMap(new LinkedHashMap<>(unreachable));
    }

    /** Which locations to open, in the policy's order. */
    public static List<StorageLocation> locations(Policy policy) {
        return policy.destinations().stream().map(Policy.Destination::location).toList();
    }

    /** Gives what was opened its names. It must have been opened with {@link #locations} of the same policy. */
    public static PolicyDestinations of(Policy policy, Destinations opened) {
        Map<String, Replica> reached = new LinkedHashMap<>();
        Map<String, String> unreachable = new LinkedHashMap<>();
        Iterator<Replica> replicas = opened.reached().iterator();
        for (Policy.Destination destination : policy.destinations()) {
            String reason = opened.unreachable().get(destination.location().toString());
            if (reason == null) {
                reached.put(destination.name(), replicas.next());
            } else {
                unreachable.put(destination.name(), reason);
            }
        }
        return new PolicyDestinations(reached, unreachable);
    }
}
