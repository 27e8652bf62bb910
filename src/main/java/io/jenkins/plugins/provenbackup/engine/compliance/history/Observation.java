package io.jenkins.plugins.provenbackup.engine.compliance.history;

import io.jenkins.plugins.provenbackup.engine.policy.Compliance;
import io.jenkins.plugins.provenbackup.engine.policy.Control;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What one look at the destinations of a policy found. It holds no secret and nothing of what was backed up but names.
 *
 * @param compliance every promise with its verdict, and when it was judged
 * @param sources of the policy, in its order
 * @param destinations of the policy, in its order
 * @param problems what could not be used as evidence, for people
 */
public record Observation(
        Compliance compliance, List<SourceSeen> sources, List<DestinationSeen> destinations, List<String> problems) {

    /**
     * One source.
     *
     * @param points its recovery points, oldest first
     * @param tests its recovery tests, oldest first
     * @param removed ids of snapshots that others followed on and that are gone without a record of why
     */
    public record SourceSeen(String name, List<PointSeen> points, List<TestSeen> tests, List<String> removed) {
        public SourceSeen {
            points = List.copyOf(points);
            tests = List.copyOf(tests);
            removed = List.copyOf(removed);
        }

        /** The newest test. */
        public Optional<TestSeen> lastTest() {
            return tests.isEmpty() ? Optional.empty() : Optional.of(tests.get(tests.size() - 1));
        }
    }

    /**
     * One recovery point.
     *
     * @param id of the snapshot, 64 hexadecimal digits
     * @param time when its run began
     * @param kind how it was made
     * @param amounts what it holds and what its run did
     * @param present names of the destinations that have its manifest
     * @param complete of these, the ones that have everything that it names
     */
    public record PointSeen(
            String id, Instant time, SnapshotKind kind, Amounts amounts, Set<String> present, Set<String> complete) {

        public PointSeen {
            present = Set.copyOf(present);
            complete = Set.copyOf(complete);
        }
    }

    /**
     * What a snapshot holds and what its run did.
     *
     * @param files regular files in the snapshot
     * @param bytes sum of their sizes
     * @param touched files that the run found new or changed
     * @param added plain bytes that the run stored
     * @param stored what these became, compressed and encrypted, with the catalog
     */
    public record Amounts(long files, long bytes, long touched, long added, long stored) {}

    /**
     * One recovery test.
     *
     * @param snapshot id of what was restored
     * @param time when it began
     * @param duration of the restore
     * @param errors what was wrong; 0 for one that passed
     * @param problem the first error; empty when there was none
     */
    public record TestSeen(String snapshot, Instant time, Duration duration, long errors, String problem) {

        /** Whether everything came back. */
        public boolean isPassed() {
            return errors == 0;
        }
    }

    /**
     * One destination.
     *
     * @param problem why it could not be used; empty when it was
     * @param bytes of its archives and catalogs; 0 when it was not reached
     * @param condemned of these, bytes that a prune is about to delete
     * @param free bytes of room that are left, where that can be known
     * @param forgotten ids of snapshots that were once recorded here, and of which an authentic record says that they were
     *     forgotten
     */
    public record DestinationSeen(
            String name,
            Optional<String> problem,
            long bytes,
            long condemned,
            OptionalLong free,
            Set<String> forgotten) {

        public DestinationSeen {
            forgotten = Set.copyOf(forgotten);
        }

        /** Whether it answered. */
        public boolean isReached() {
            return problem.isEmpty();
        }
    }

    public Observation {
        sources = List.copyOf(sources);
        destinations = List.copyOf(destinations);
        problems = List.copyOf(problems);
    }

    /** Name of the policy. */
    public String policy() {
        return compliance.policy();
    }

    /** When it was judged. */
    public Instant time() {
        return compliance.time();
    }

    /** Every promise with its verdict. */
    public List<Control> controls() {
        return compliance.controls();
    }

    /** The destination of that name. */
    public Optional<DestinationSeen> destination(String name) {
        return destinations.stream().filter(one -> one.name().equals(name)).findFirst();
    }
}
