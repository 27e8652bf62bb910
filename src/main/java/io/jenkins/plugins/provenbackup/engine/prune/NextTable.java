package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.repository.ArchiveTable;
import io.jenkins.plugins.provenbackup.engine.repository.BlockId;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.MovedBlocks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where the blocks of one snapshot are after archives were written anew. For one thread. */
final class NextTable {

    private final Manifest manifest;
    private final ArchiveRewrite rewrite;
    private final Map<BlockId, List<Movements.Part>> partsByTarget = new HashMap<>();
    private final Map<BlockId, MovedBlocks.Place> places;
    private final Set<ArchiveTable.Row> rows = new LinkedHashSet<>();
    private final Set<BlockId> gone = new HashSet<>();

    NextTable(Manifest manifest, ArchiveRewrite rewrite) {
        this.manifest = manifest;
        this.rewrite = rewrite;
        this.places = new LinkedHashMap<>(manifest.moved().places());
        places.forEach((block, place) -> partsByTarget
                .computeIfAbsent(place.target().id(), target -> new ArrayList<>())
                .add(new Movements.Part(block, place.shift())));
    }

    /** An archive that stays. */
    void keep(ArchiveTable.Row row) {
        rows.add(row);
    }

    /** A block of an archive that was written anew; false when it would be nowhere. */
    boolean move(BlockId block) {
        if (manifest.moved().hasMoved(block.stream(), block.block())) {
            // Only other snapshots have it there.
            return true;
        }
        Optional<Map<Movements.Part, MovedBlocks.Place>> repacked = rewrite.placesOf(block.stream(), block.block());
        if (repacked.isEmpty()) {
            return locate(block);
        }
        gone.add(block);
        for (Movements.Part part : partsByTarget.getOrDefault(block, List.of(new Movements.Part(block, 0)))) {
            MovedBlocks.Place place = repacked.get().get(part);
            if (place == null) {
                // No snapshot looks there for anything.
                places.remove(part.block());
            } else {
                places.put(part.block(), place);
                if (!locate(place.target().id())) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean locate(BlockId block) {
        Optional<ArchiveTable.Row> home = rewrite.homeOf(block.stream(), block.block());
        home.ifPresent(rows::add);
        return home.isPresent();
    }

    /** Whether the next generation would say the same: what was written anew came out as it was. */
    boolean isUnchanged() {
        return rows.equals(Set.copyOf(manifest.archives().archives()))
                && places.equals(manifest.moved().places());
    }

    /** The next generation. */
    Manifest manifest() {
        return manifest.withArchives(
                new ArchiveTable(new ArrayList<>(rows)),
                places.isEmpty() ? MovedBlocks.NONE : new MovedBlocks(places),
                manifest.sparse().stream()
                        .filter(block -> !gone.contains(block))
                        .toList());
    }
}
