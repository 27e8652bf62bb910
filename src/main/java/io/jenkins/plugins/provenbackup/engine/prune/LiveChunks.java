package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.archive.ChunkId;
import io.jenkins.plugins.provenbackup.engine.archive.Codec;
import io.jenkins.plugins.provenbackup.engine.catalog.ChunkSurvey;
import io.jenkins.plugins.provenbackup.engine.catalog.Extent.ChunkRef;
import io.jenkins.plugins.provenbackup.engine.catalog.SegmentSealing;
import io.jenkins.plugins.provenbackup.engine.repository.BlockId;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.MovedBlocks;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.transfer.CatalogFetcher;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The chunks that snapshots look for in some blocks, each where its own manifest has it: 24 bytes each, whatever the number of
 * catalogs. For one thread.
 */
final class LiveChunks {

    /** Those of one block, by offset, then length. */
    static final class OfBlock {
        private long[] places = new long[4];
        private long[] ids = new long[8];
        private int count;

        private void add(ChunkRef chunk) {
            long place = (long) chunk.offset() << 32 | chunk.length();
            int found = Arrays.binarySearch(places, 0, count, place);
            int at = found >= 0 ? found : -found - 1;
            while (at > 0 && places[at - 1] == place) {
                at--;
            }
            // More than one id for the same bytes: somebody made one of them up.
            for (int same = at; same < count && places[same] == place; same++) {
                if (id(same).equals(chunk.id())) {
                    return;
                }
            }
            insert(at, place, chunk.id());
        }

        private void insert(int at, long place, ChunkId id) {
            if (count == places.length) {
                places = Arrays.copyOf(places, count * 2);
                ids = Arrays.copyOf(ids, count * 4);
            }
            System.arraycopy(places, at, places, at + 1, count - at);
            System.arraycopy(ids, 2 * at, ids, 2 * at + 2, 2 * (count - at));
            places[at] = place;
            ids[2 * at] = id.high();
            ids[2 * at + 1] = id.low();
            count++;
        }

        int count() {
            return count;
        }

        int offset(int index) {
            return (int) (places[index] >>> 32);
        }

        int length(int index) {
            return (int) places[index];
        }

        ChunkId id(int index) {
            return new ChunkId(ids[2 * index], ids[2 * index + 1]);
        }
    }

    /** A part of a block that is written anew. */
    private record Spot(BlockId location, Movements.Part part) {}

    private static final OfBlock NONE = new OfBlock();

    private final Movements movements;
    private final Set<BlockId> locations;
    private final Map<Spot, OfBlock> chunks = new HashMap<>();

    private LiveChunks(Movements movements, Set<BlockId> locations) {
        this.movements = movements;
        this.locations = locations;
    }

    /**
     * Reads the catalogs of a source's snapshots. Each distinct segment is read once, or as often as manifests differ in where
     * they have a block.
     *
     * @param locations blocks as they lie in archives
     */
    static LiveChunks of(
            Set<BlockId> locations,
            Movements movements,
            List<Subject> subjects,
            List<Replica> replicas,
            SourceKeys keys)
            throws IOException {
        LiveChunks live = new LiveChunks(movements, locations);
        Map<MovedBlocks, ChunkSurvey> surveys = new HashMap<>();
        for (Subject subject : subjects) {
            Manifest manifest = subject.read(keys);
            MovedBlocks own = movements.disputedOf(manifest.moved());
            ChunkSurvey survey = surveys.computeIfAbsent(
                    own, one -> new ChunkSurvey(new CatalogFetcher(replicas), chunk -> live.add(chunk, one)));
            try (SegmentSealing sealing =
                    SegmentSealing.of(keys.of(manifest.sourceId()), manifest.epoch(), Codec.shared())) {
                survey.add(manifest.facts().catalog(), sealing);
            }
        }
        return live;
    }

    private void add(ChunkRef chunk, MovedBlocks own) {
        BlockId block = new BlockId(chunk.stream(), chunk.block());
        Optional<MovedBlocks.Place> place = movements.find(block, own);
        BlockId location = place.map(one -> one.target().id()).orElse(block);
        if (locations.contains(location)) {
            Movements.Part part = new Movements.Part(
                    block, place.map(MovedBlocks.Place::shift).orElse(0));
            chunks.computeIfAbsent(new Spot(location, part), spot -> new OfBlock())
                    .add(chunk);
        }
    }

    /** Those that snapshots look for in one part of a block. */
    OfBlock of(BlockId location, Movements.Part part) {
        return chunks.getOrDefault(new Spot(location, part), NONE);
    }
}
