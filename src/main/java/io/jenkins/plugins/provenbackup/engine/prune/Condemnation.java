package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.repository.ManifestName;
import io.jenkins.plugins.provenbackup.engine.repository.PruneRecord;
import io.jenkins.plugins.provenbackup.engine.repository.PruneRecords;
import io.jenkins.plugins.provenbackup.engine.repository.RunId;
import io.jenkins.plugins.provenbackup.engine.repository.RunStore;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The first phase at one destination: chooses what no manifest and no living run names. While a run lives, nothing is chosen
 * that was put since it began, since its next checkpoint may name that.
 */
final class Condemnation {

    /** For so long after its newest object a dead run's checkpoints serve the next backups. */
    private static final Duration USEFUL = Duration.ofDays(7);

    /** Time stamps of some storages are coarse. */
    private static final Duration COARSE = Duration.ofMinutes(10);

    private final World world;
    private final World.View view;
    private final DestinationScan scan;
    private final Set<ManifestName> knownManifests = new HashSet<>();
    private final Set<RunId> knownRuns = new HashSet<>();

    /**
     * What was chosen.
     *
     * @param record to be put; empty when nothing was chosen
     * @param amount objects and bytes
     */
    record Chosen(PruneRecord record, PruneResult.Amount amount) {}

    private Condemnation(World world, World.View view) {
        this.world = world;
        this.view = view;
        this.scan = view.scan();
        for (PruneRecords.Listed listed : scan.records()) {
            knownManifests.addAll(listed.record().manifests());
            knownRuns.addAll(listed.record().runs());
        }
    }

    static Chosen choose(World world, World.View view, Instant now) {
        return new Condemnation(world, view).choose(now);
    }

    private Chosen choose(Instant now) {
        List<ObjectHash> archives = unneeded(scan.archives(), hash -> world.needsArchive(view, hash));
        List<ObjectHash> catalogs = unneeded(scan.catalogs(), hash -> world.needsCatalog(view, hash));
        List<ManifestName> manifests = view.references().superseded().keySet().stream()
                .filter(name -> !knownManifests.contains(name))
                .toList();
        List<RunId> runs = scan.runs().stream()
                .filter(this::isOver)
                .map(RunStore.Seen::run)
                .filter(run -> !knownRuns.contains(run))
                .toList();
        Map<RunId, Integer> seen = new HashMap<>();
        if (!scan.ages().hasTimeStamps()) {
            scan.runs().forEach(run -> seen.put(run.run(), run.newestNumber()));
        }
        PruneRecord record = new PruneRecord(scan.replica().id(), now, archives, catalogs, manifests, runs, seen);
        long bytes = archives.stream()
                        .mapToLong(hash -> scan.archives().get(hash).size())
                        .sum()
                + catalogs.stream()
                        .mapToLong(hash -> scan.catalogs().get(hash).size())
                        .sum()
                + manifests.stream()
                        .mapToLong(name -> view.references().superseded().get(name))
                        .sum();
        return new Chosen(record, new PruneResult.Amount(record.size(), bytes));
    }

    private boolean isOver(RunStore.Seen run) {
        Duration useful = scan.ages().hasTimeStamps() ? USEFUL : Ages.GRACE;
        return view.references().finished().contains(run.run()) || scan.isSilentFor(run, useful);
    }

    private List<ObjectHash> unneeded(Map<ObjectHash, DestinationScan.Found> there, Predicate<ObjectHash> needed) {
        Predicate<DestinationScan.Found> recent = recent();
        List<ObjectHash> unneeded = new ArrayList<>();
        there.forEach((hash, found) -> {
            if (!needed.test(hash) && !scan.isCondemned(hash) && !recent.test(found)) {
                unneeded.add(hash);
            }
        });
        unneeded.sort(null);
        return unneeded;
    }

    private Predicate<DestinationScan.Found> recent() {
        List<RunStore.Seen> living = scan.runs().stream()
                .filter(run -> !view.references().finished().contains(run.run()) && scan.isLive(run))
                .toList();
        if (living.isEmpty()) {
            return found -> false;
        }
        Instant since = living.stream()
                .map(RunStore.Seen::begun)
                .min(Instant::compareTo)
                .orElseThrow()
                .minus(COARSE);
        return found ->
                found.modified().equals(Instant.EPOCH) || found.modified().isAfter(since);
    }
}
