package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.archive.ArchiveCopy;
import io.jenkins.plugins.provenbackup.engine.archive.ChunkId;
import io.jenkins.plugins.provenbackup.engine.archive.Codec;
import io.jenkins.plugins.provenbackup.engine.archive.SealedBlock;
import io.jenkins.plugins.provenbackup.engine.crypto.ChunkIdHash;
import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import io.jenkins.plugins.provenbackup.engine.repository.BlockId;
import io.jenkins.plugins.provenbackup.engine.repository.MovedBlocks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the live chunks of blocks into new blocks under a new stream, several old ones into one new one. Each chunk keeps its
 * distance from the others of its block, and zeros take the place of what lay between, which compress to almost nothing. No
 * chunk is taken that does not have the id that a catalog says. For one thread.
 */
final class BlockRepack implements AutoCloseable {

    private final Movements movements;
    private final LiveChunks chunks;
    private final SourceKey source;
    private final RecoveryKey recovery;
    private final Codec codec = Codec.shared();
    private final Map<Integer, RepackStream> streams = new HashMap<>();
    private final Map<BlockId, Map<Movements.Part, MovedBlocks.Place>> places = new HashMap<>();
    private final BlockAssembly assembly;
    private Optional<OpenedStream> opened = Optional.empty();
    private int assembledEpoch;
    private long blocks;
    private long before;
    private long after;

    /**
     * A repack that has written nothing.
     *
     * @param chunks live ones of the blocks that will be taken
     * @param fill bytes up to which a new block is filled
     */
    BlockRepack(Movements movements, LiveChunks chunks, SourceKey source, RecoveryKey recovery, int fill) {
        this.movements = movements;
        this.chunks = chunks;
        this.source = source;
        this.recovery = recovery;
        this.assembly = new BlockAssembly(fill);
    }

    /**
     * Takes what is live in a block, or says that the block is to be copied as it is: it is of another source, or does not hold
     * what catalogs say.
     *
     * @param copy gets the blocks that became full
     */
    boolean take(byte[] header, SealedBlock block, ArchiveCopy copy) throws IOException, InterruptedException {
        BlockId id = new BlockId(block.stream(), block.number());
        List<BlockAssembly.Piece> pieces;
        int epoch;
        try {
            OpenedStream stream = open(header);
            if (!stream.key().sourceId().equals(source.sourceId())) {
                return false;
            }
            epoch = stream.key().epoch();
            Optional<List<BlockAssembly.Piece>> found =
                    pieces(id, stream.reader().read(block), source.chunkIdHash(epoch));
            if (found.isEmpty()) {
                return false;
            }
            pieces = found.get();
        } catch (CryptoException e) {
            // Whoever reads it will be told; here it only stays as it is.
            return false;
        }
        places.put(id, new HashMap<>());
        for (BlockAssembly.Piece piece : pieces) {
            if (!assembly.hasRoomFor(piece) || epoch != assembledEpoch) {
                finishBlock(copy);
            }
            assembledEpoch = epoch;
            assembly.add(piece);
        }
        blocks++;
        before += block.length();
        return true;
    }

    /**
     * The parts of a block that snapshots use, with their live chunks; none where none uses any of it. Empty when a chunk is not
     * what a catalog says.
     */
    private Optional<List<BlockAssembly.Piece>> pieces(BlockId id, byte[] plain, ChunkIdHash hash) {
        List<BlockAssembly.Piece> pieces = new ArrayList<>();
        for (Movements.Part part : movements.parts(id)) {
            LiveChunks.OfBlock live = chunks.of(id, part);
            BlockAssembly.Piece piece = new BlockAssembly.Piece(id, part, plain);
            for (int i = 0; i < live.count(); i++) {
                long start = (long) live.offset(i) + part.shift();
                boolean isThere = start >= 0
                        && start + live.length(i) <= plain.length
                        && ChunkId.of(hash.of(plain, (int) start, live.length(i)), 0)
                                .equals(live.id(i));
                if (!isThere) {
                    return Optional.empty();
                }
                piece.add((int) start, live.length(i));
            }
            if (!piece.isEmpty()) {
                pieces.add(piece);
            }
        }
        return Optional.of(pieces);
    }

    private OpenedStream open(byte[] header) throws IOException {
        if (opened.filter(one -> one.key().id().equals(StreamKey.idOf(header))).isEmpty()) {
            opened.ifPresent(OpenedStream::close);
            opened = Optional.empty();
            opened = Optional.of(OpenedStream.open(header, recovery, codec));
        }
        return opened.get();
    }

    /** Writes the block that was begun, if any. */
    void finishBlock(ArchiveCopy copy) throws IOException, InterruptedException {
        if (assembly.isEmpty()) {
            return;
        }
        RepackStream stream = streams.get(assembledEpoch);
        if (stream == null) {
            stream = RepackStream.begin(source, assembledEpoch, codec);
            streams.put(assembledEpoch, stream);
        }
        SealedBlock sealed = stream.writer().seal(assembly.plain(), assembly.length());
        copy.add(stream.key().header(), sealed);
        after += sealed.length();
        MovedBlocks.Target target = new MovedBlocks.Target(
                new BlockId(sealed.stream(), sealed.number()), assembly.length(), assembly.content());
        assembly.pieces()
                .forEach(piece ->
                        places.get(piece.from()).put(piece.part(), new MovedBlocks.Place(target, piece.shift())));
        assembly.clear();
    }

    /** Where the parts of a block went that snapshots use; empty for a block that was not taken. */
    Optional<Map<Movements.Part, MovedBlocks.Place>> placesOf(BlockId block) {
        return Optional.ofNullable(places.get(block));
    }

    PruneResult.Repacked tally() {
        return new PruneResult.Repacked(blocks, before, after);
    }

    @Override
    public void close() {
        opened.ifPresent(OpenedStream::close);
        streams.values().forEach(RepackStream::close);
    }
}
