package io.jenkins.plugins.provenbackup.engine.policy;

import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the destinations of a policy really hold, and what recovery tests measured.
 *
 * @param unreachable destinations by their names in the policy, with the reason
 * @param sources everything that the key covers, by name
 * @param elsewhere names of sources that other policies cover
 * @param view whether there may be sources that the key does not show
 */
public record Facts(
        Map<String, String> unreachable, Map<String, SourceFacts> sources, Set<String> elsewhere, View view) {

    /** How much a key shows. */
    public enum View {
        ALL_SOURCES,
        SOME_SOURCES
    }

    /**
     * One source.
     *
     * @param snapshots oldest first
     * @param tests oldest first
     * @param removed snapshots that are gone without a record of why
     */
    public record SourceFacts(List<SnapshotFact> snapshots, List<TestFact> tests, List<SnapshotId> removed) {

        /** Nothing was ever backed up. */
        public static final SourceFacts NONE = new SourceFacts(List.of(), List.of(), List.of());

        public SourceFacts {
            snapshots = List.copyOf(snapshots);
            tests = List.copyOf(tests);
            removed = List.copyOf(removed);
        }
    }

    /**
     * One snapshot.
     *
     * @param id which one
     * @param time when its run began
     * @param kind how it was made
     * @param roots what was backed up
     * @param unreadable files that could not be read
     * @param present names of the destinations that have its manifest
     * @param complete of these, the ones that have everything it names, too
     * @param forgotten names of the destinations that have a record of its removal
     * @param keep whether somebody said to keep it
     */
    public record SnapshotFact(
            SnapshotId id,
            Instant time,
            SnapshotKind kind,
            List<String> roots,
            long unreadable,
            Set<String> present,
            Set<String> complete,
            Set<String> forgotten,
            Keep keep) {

        public SnapshotFact {
            roots = List.copyOf(roots);
            present = Set.copyOf(present);
            complete = Set.copyOf(complete);
            forgotten = Set.copyOf(forgotten);
        }
    }

    /** Whether a snapshot stays whatever the rules say. */
    public enum Keep {
        BY_RULES,
        HELD
    }

    /**
     * One recovery test.
     *
     * @param snapshot that was restored
     * @param time when it began
     * @param duration of the restore
     * @param errors what was wrong; 0 for a test that passed
     * @param problem the first error; empty when there was none
     */
    public record TestFact(
            SnapshotId snapshot, Instant time, Duration duration, long errors, Optional<String> problem) {

        /** Whether everything came back. */
        public boolean isPassed() {
            return errors == 0;
        }
    }

    public Facts {
        unreachable = Map.copyOf(unreachable);
        sources = Map.copyOf(sources);
        elsewhere = Set.copyOf(elsewhere);
    }

    /** What is known of a source. */
    public SourceFacts of(String source) {
        return sources.getOrDefault(source, SourceFacts.NONE);
    }
}
