package io.jenkins.plugins.provenbackup.engine.replicate;

import io.jenkins.plugins.provenbackup.engine.crypto.SourceId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which snapshots are copied; what is said together must hold together.
 *
 * @param sources of these sources only; empty for all
 * @param prefixes only snapshots whose ids begin with one of these; none for all
 * @param last only so many of the newest of each source, 1 and up
 */
public record Selection(Optional<Set<SourceId>> sources, Set<String> prefixes, OptionalInt last) {

    /** Every snapshot. */
    public static final Selection ALL = new Selection(Optional.empty(), Set.of(), OptionalInt.empty());

    public Selection {
        sources = sources.map(Set::copyOf);
        prefixes = Set.copyOf(prefixes);
    }

    /** All snapshots of one source. */
    public static Selection of(SourceId source) {
        return new Selection(Optional.of(Set.of(source)), Set.of(), OptionalInt.empty());
    }

    boolean takes(SourceId source) {
        return sources.isEmpty() || sources.get().contains(source);
    }

    boolean takes(SnapshotId snapshot) {
        return prefixes.isEmpty() || prefixes.stream().anyMatch(snapshot.hex()::startsWith);
    }
}
