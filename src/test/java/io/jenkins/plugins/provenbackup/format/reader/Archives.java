package io.jenkins.plugins.provenbackup.format.reader;

import static io.jenkins.plugins.provenbackup.format.reader.Bytes.join;
import static io.jenkins.plugins.provenbackup.format.reader.Bytes.u64;
import static io.jenkins.plugins.provenbackup.format.reader.Fields.require;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Section 6: finds blocks in archives and opens them. */
final class Archives {

    private static final int HEADER = 1214;
    private static final int HEADER_BEFORE_ENCAPSULATION = 46;

    /** Where a block lies in an archive. */
    private record Block(byte[] header, long offset, int length) {}

    private final RepositoryReader repository;
    private final Manifest manifest;
    private final Map<String, Map<String, Block>> indexes = new HashMap<>();
    private final Map<String, byte[]> streamKeys = new HashMap<>();
    private final Map<String, byte[]> plainBlocks = new LinkedHashMap<>();

    Archives(RepositoryReader repository, Manifest manifest) {
        this.repository = repository;
        this.manifest = manifest;
    }

    /** The content of a chunk, checked against its id. */
    byte[] chunk(Entry.Extent named) {
        Entry.Extent extent = manifest.find(named);
        byte[] block = block(extent.stream(), extent.block());
        require(block.length == extent.blockLength(), "a block of another length than its catalog says");
        byte[] chunk = Arrays.copyOfRange(block, extent.offset(), extent.offset() + (int) extent.length());
        byte[] key = repository.keys().derived("chunk-id", manifest.epoch, manifest.source);
        byte[] id = Cryptography.hmac(key, chunk);
        require(Arrays.equals(Arrays.copyOf(id, 16), extent.chunkId()), "content that does not have its chunk id");
        return chunk;
    }

    private byte[] block(String stream, long number) {
        byte[] known = plainBlocks.get(stream + number);
        if (known != null) {
            return known;
        }
        Manifest.Named archive = manifest.archiveOf(stream, number);
        Block place = place(archive, stream, number);
        byte[] cipherText = slice(repository.object("archives", archive), place.offset, place.length);
        byte[] headerHash = Cryptography.sha256(place.header);
        byte[] key = streamKeys.computeIfAbsent(stream, unused -> streamKey(place.header));
        byte[] packed = Cryptography.decrypt(
                key, join(new byte[4], u64(number)), join(headerHash, u64(number)), cipherText, "block " + number);
        byte[] plain = Cryptography.unpack(packed, 8 << 20);
        if (plainBlocks.size() > 50) {
            plainBlocks.clear();
        }
        plainBlocks.put(stream + number, plain);
        return plain;
    }

    private Block place(Manifest.Named archive, String stream, long number) {
        Block block = indexes.computeIfAbsent(archive.hash(), unused -> index(archive))
                .get(stream + number);
        require(block != null, "an archive that does not hold block " + number + " of stream " + stream);
        return block;
    }

    private Map<String, Block> index(Manifest.Named name) {
        byte[] archive = repository.object("archives", name);
        new Fields(archive).expect("PBA1");
        Fields tail = new Fields(slice(archive, archive.length - 8L, 8));
        long length = tail.u32();
        tail.expect("PBAE");
        require(length <= 1 << 20, "an index of more than 1 MiB");
        Fields in = new Fields(slice(archive, archive.length - 8L - length, (int) length));
        Map<String, Block> blocks = new HashMap<>();
        for (int streams = in.count(); streams > 0; streams--) {
            byte[] header = slice(archive, in.varint(), HEADER);
            String stream = Bytes.hex(Arrays.copyOf(Cryptography.sha256(header), 16));
            for (int left = in.count(); left > 0; left--) {
                blocks.put(stream + in.varint(), new Block(header, in.varint(), in.small(archive.length)));
            }
        }
        in.end();
        return blocks;
    }

    private byte[] streamKey(byte[] header) {
        Fields in = new Fields(header);
        in.expect("PBS1");
        require(Arrays.equals(in.raw(16), repository.keys().repository), "another repository's stream");
        require(Arrays.equals(in.raw(16), manifest.source), "another source's stream");
        require(in.u32() == manifest.epoch, "another epoch's stream");
        byte[] seed = repository.keys().epoch(manifest.epoch).seed();
        require(in.u16() == 0x647a && in.u16() == 1 && in.u16() == 2, "unknown algorithms");
        byte[] associated = Arrays.copyOf(header, HEADER_BEFORE_ENCAPSULATION);
        return Hpke.open(seed, in.raw(1120), "proven-backup stream v1", associated, in.raw(48));
    }

    private static byte[] slice(byte[] archive, long offset, int length) {
        require(offset >= 0 && offset <= archive.length - length, "something beyond the end of its archive");
        return Arrays.copyOfRange(archive, (int) offset, (int) offset + length);
    }
}
