package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceId;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All destinations, and what is needed at each: what it names itself, what another one lacks, and what the newest snapshot of
 * a source names anywhere, since the next backup of that source builds on it.
 */
final class World {

    private final List<View> views = new ArrayList<>();
    private final Set<ObjectHash> neededElsewhere = new HashSet<>();

    /**
     * One destination.
     *
     * @param scan what is there
     * @param references what it names
     */
    record View(DestinationScan scan, References references) {}

    private World() {}

    /**
     * Looks at all destinations.
     *
     * @param markers by destination the object that this prune has put; none for a dry run
     * @throws IOException when one of them cannot be looked at as a whole; nothing may be deleted anywhere then
     */
    static World look(
            List<Replica> replicas,
            Map<Replica, String> markers,
            SourceKeys keys,
            Clock clock,
            ProgressListener progress)
            throws IOException {
        World world = new World();
        for (Replica replica : replicas) {
            DestinationScan scan = DestinationScan.of(replica, markers.getOrDefault(replica, ""), clock.instant());
            world.views.add(new View(scan, ReferenceReader.read(scan, keys, progress)));
        }
        world.lookAround();
        return world;
    }

    private void lookAround() {
        Map<SourceId, References.Newest> newest = new HashMap<>();
        for (View view : views) {
            view.references()
                    .archives()
                    .forEach((hash, size) -> noteIfLacking(view.scan().archives(), hash, size));
            view.references()
                    .catalogs()
                    .forEach((hash, size) -> noteIfLacking(view.scan().catalogs(), hash, size));
            view.references()
                    .newest()
                    .forEach(
                            (source, one) -> newest.merge(source, one, (a, b) -> a.sequence() >= b.sequence() ? a : b));
        }
        newest.values().forEach(one -> {
            neededElsewhere.addAll(one.archives());
            neededElsewhere.addAll(one.catalogs());
        });
    }

    private void noteIfLacking(Map<ObjectHash, DestinationScan.Found> there, ObjectHash hash, long size) {
        DestinationScan.Found found = there.get(hash);
        if (found == null || found.size() != size) {
            neededElsewhere.add(hash);
        }
    }

    List<View> views() {
        return views;
    }

    boolean needsArchive(View view, ObjectHash hash) {
        return view.references().archives().containsKey(hash) || neededElsewhere.contains(hash);
    }

    boolean needsCatalog(View view, ObjectHash hash) {
        return view.references().catalogs().containsKey(hash) || neededElsewhere.contains(hash);
    }
}
