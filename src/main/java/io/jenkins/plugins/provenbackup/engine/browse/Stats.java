package io.jenkins.plugins.provenbackup.engine.browse;

import io.jenkins.plugins.provenbackup.engine.repository.Inventory;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import io.jenkins.plugins.provenbackup.engine.snapshots.SnapshotList;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Counts what destinations hold. */
public final class Stats {

    private Stats() {}

    /**
     * What is there.
     *
     * @param destinations in the order in which they were named
     * @param sources by name
     */
    public record Result(List<Destination> destinations, List<Source> sources) {}

    /**
     * One destination.
     *
     * @param location where
     * @param snapshots that it has
     * @param complete of these, how many have everything that they name here
     * @param archives objects
     * @param archiveBytes their sizes
     * @param catalogs objects, twins of manifests among them
     * @param catalogBytes their sizes
     */
    public record Destination(
            String location,
            long snapshots,
            long complete,
            long archives,
            long archiveBytes,
            long catalogs,
            long catalogBytes) {}

    /**
     * One source.
     *
     * @param name of it
     * @param snapshots that it has
     * @param oldest when the oldest was taken
     * @param newest when the newest was taken
     * @param files in the newest
     * @param bytes in the newest
     * @param totalBytes in all snapshots together, as they would be restored
     * @param storedBytes that the runs of all snapshots stored
     */
    public record Source(
            String name,
            long snapshots,
            Instant oldest,
            Instant newest,
            long files,
            long bytes,
            long totalBytes,
            long storedBytes) {}

    /** Counts. */
    public static Result run(SnapshotList list) throws IOException {
        List<Destination> destinations = new ArrayList<>();
        for (Replica replica : list.replicas()) {
            destinations.add(destination(list, replica));
        }
        List<Source> sources = new ArrayList<>();
        for (String name : list.sources()) {
            sources.add(source(name, list.of(name)));
        }
        return new Result(destinations, sources);
    }

    private static Destination destination(SnapshotList list, Replica replica) throws IOException {
        Inventory inventory = Inventory.of(replica);
        List<Snapshot> here = list.snapshots().stream()
                .filter(snapshot -> snapshot.replicas().contains(replica))
                .toList();
        return new Destination(
                replica.location(),
                here.size(),
                here.stream()
                        .filter(one -> inventory.isComplete(one.manifest()))
                        .count(),
                inventory.archives().size(),
                sum(inventory.archives().values()),
                inventory.catalogs().size(),
                sum(inventory.catalogs().values()));
    }

    private static Source source(String name, List<Snapshot> snapshots) {
        Manifest newest = snapshots.get(snapshots.size() - 1).manifest();
        return new Source(
                name,
                snapshots.size(),
                snapshots.get(0).manifest().start(),
                newest.start(),
                newest.totals().files(),
                newest.totals().bytes(),
                snapshots.stream()
                        .mapToLong(one -> one.manifest().totals().bytes())
                        .sum(),
                snapshots.stream()
                        .mapToLong(one -> one.manifest().totals().bytesStored())
                        .sum());
    }

    private static long sum(Iterable<Long> sizes) {
        long sum = 0;
        for (long size : sizes) {
            sum += size;
        }
        return sum;
    }
}
