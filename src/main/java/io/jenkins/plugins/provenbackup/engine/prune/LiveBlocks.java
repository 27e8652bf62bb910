package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.archive.BlockRange;
import io.jenkins.plugins.provenbackup.engine.archive.Codec;
import io.jenkins.plugins.provenbackup.engine.catalog.ChunkSurvey;
import io.jenkins.plugins.provenbackup.engine.catalog.Extent.ChunkRef;
import io.jenkins.plugins.provenbackup.engine.catalog.SegmentSealing;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.repository.ArchiveTable;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.ObjectRef;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.transfer.CatalogFetcher;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which blocks of one source the snapshots use, and in which archives they are said to lie. Each distinct catalog segment is
 * read once. For one thread.
 */
final class LiveBlocks {

    private final BlockSet named = new BlockSet();
    private final BlockSet unmoved = new BlockSet();
    private final BlockSet blocks = new BlockSet();
    private final Map<ObjectHash, Row> rows = new HashMap<>();
    private final Lineages lineages = new Lineages();
    private final Movements movements = new Movements();
    private final Optional<LiveContent> content;
    private final ChunkSurvey survey;

    /**
     * An archive.
     *
     * @param ref its hash and size
     * @param ranges the blocks in it
     * @param since sequence of the oldest snapshot that names it
     */
    record Row(ObjectRef ref, List<BlockRange> ranges, long since) {

        long count() {
            return ranges.stream().mapToLong(BlockRange::count).sum();
        }

        private Row olderOf(Row other) {
            return since <= other.since() ? this : other;
        }
    }

    private LiveBlocks(List<Replica> replicas, PruneRequest.Depth depth) {
        this.content = depth == PruneRequest.Depth.BLOCKS ? Optional.of(new LiveContent(movements)) : Optional.empty();
        this.survey = new ChunkSurvey(new CatalogFetcher(replicas), this::use);
    }

    private void use(ChunkRef chunk) {
        named.add(chunk.stream(), chunk.block());
        content.ifPresent(one -> one.add(chunk));
    }

    /**
     * Reads the catalogs of a source's snapshots.
     *
     * @param depth whether to look into blocks, too
     * @throws IOException when a catalog cannot be read, so that nobody knows what is live
     */
    static LiveBlocks of(List<Subject> subjects, List<Replica> replicas, SourceKeys keys, PruneRequest.Depth depth)
            throws IOException {
        LiveBlocks live = new LiveBlocks(replicas, depth);
        for (Subject subject : subjects) {
            live.add(subject.read(keys), keys);
        }
        live.findBlocks();
        return live;
    }

    private void add(Manifest manifest, SourceKeys keys) throws IOException {
        SourceKey key = keys.of(manifest.sourceId());
        try (SegmentSealing sealing = SegmentSealing.of(key, manifest.epoch(), Codec.shared())) {
            survey.add(manifest.facts().catalog(), sealing);
        }
        for (ArchiveTable.Row row : manifest.archives().archives()) {
            rows.merge(row.archive().hash(), new Row(row.archive(), row.ranges(), manifest.sequence()), Row::olderOf);
            for (BlockRange range : row.ranges()) {
                range.numbers()
                        .filter(block -> !manifest.moved().hasMoved(range.stream(), block))
                        .forEach(block -> unmoved.add(range.stream(), block));
            }
        }
        movements.add(manifest.moved());
        lineages.join(manifest.archives().archives().stream()
                .map(row -> row.archive().hash())
                .toList());
    }

    /** Blocks that catalogs name are live where a manifest has not moved them, and blocks into which live ones were moved. */
    private void findBlocks() {
        movements.dispute(unmoved);
        named.forEach((stream, bits) -> bits.stream()
                .filter(block -> unmoved.contains(stream, block))
                .forEach(block -> blocks.add(stream, block)));
        movements.forEachTarget((target, parts) -> {
            if (parts.stream()
                    .anyMatch(part ->
                            named.contains(part.block().stream(), part.block().block()))) {
                blocks.add(target.stream(), target.block());
            }
        });
    }

    /** Blocks that hold what is used, by where it lies now. */
    BlockSet blocks() {
        return blocks;
    }

    /** What was moved where. */
    Movements movements() {
        return movements;
    }

    /** How full blocks are; there when it was asked to look into them. */
    Optional<LiveContent> content() {
        return content;
    }

    Collection<Row> rows() {
        return rows.values();
    }

    /**
     * The lineage of an archive. Archives of different ones are not merged, or one that rots would take the full snapshot
     * with it that was made for that case.
     */
    int lineage(Row row) {
        return lineages.of(row.ref().hash());
    }
}
