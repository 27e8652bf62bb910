package io.jenkins.plugins.provenbackup.engine.prune;

import java.util.List;

/**
 * What a prune did, or for a dry run would do.
 *
 * @param destinations one for each, in the order of the request
 * @param compacted archives that were written anew, over all destinations
 * @param repacked blocks that were written anew
 */
public record PruneResult(List<Destination> destinations, Amount compacted, Repacked repacked) {

    /**
     * Blocks that were written anew without what nobody uses of them.
     *
     * @param blocks how many
     * @param before bytes that they took in their archives; 0 in a dry run
     * @param after bytes that the new ones take; 0 in a dry run
     */
    public record Repacked(long blocks, long before, long after) {

        static final Repacked NONE = new Repacked(0, 0, 0);

        Repacked plus(Repacked other) {
            return new Repacked(blocks + other.blocks, before + other.before, after + other.after);
        }
    }

    /**
     * Objects and their bytes.
     *
     * @param objects how many
     * @param bytes their sizes together, as far as listings tell
     */
    public record Amount(long objects, long bytes) {

        static final Amount NONE = new Amount(0, 0);

        Amount plus(long size) {
            return new Amount(objects + 1, bytes + size);
        }
    }

    /**
     * One destination.
     *
     * @param location for messages
     * @param used archives and catalog objects that are needed
     * @param deleted what is gone now
     * @param condemned what this prune condemned
     * @param waiting what was condemned less than a day ago
     * @param locked what the storage itself still keeps
     * @param leftovers unfinished uploads that were removed
     * @param lost snapshots without a manifest, whose content is kept since nobody said that they were forgotten
     * @param failure why not everything could be done; empty when it could
     */
    public record Destination(
            String location,
            Amount used,
            Amount deleted,
            Amount condemned,
            Amount waiting,
            Amount locked,
            long leftovers,
            long lost,
            String failure) {}

    public PruneResult {
        destinations = List.copyOf(destinations);
    }

    /** Whether everything that was due could be done. */
    public boolean isComplete() {
        return destinations.stream().allMatch(one -> one.failure().isEmpty());
    }
}
