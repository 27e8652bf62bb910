package io.jenkins.plugins.provenbackup.jenkins.drill;

import java.time.Instant;
import java.util.Set;

/**
 * The newest snapshot of a source that as many destinations hold whole as the policy asks for, or where none has so many, that any does.
 *
 * @param snapshot its id
 * @param time when it was taken
 * @param places names of the destinations that hold it whole
 */
record RecoveryPoint(String snapshot, Instant time, Set<String> places) {
    RecoveryPoint {
        places = Set.copyOf(places);
    }
}
