package io.jenkins.plugins.provenbackup.engine.catalog;

import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.storage.Payload;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;

/** Makes catalogs that no honest writer makes, sealed with a real key: what a thief of a source key could write. */
public final class CatalogForge {

    private CatalogForge() {}

    /** What an entry claims to be. */
    public enum Claim {
        FILE,
        DIRECTORY,
        SYMLINK
    }

    /**
     * An entry, unchecked.
     *
     * @param path bytes in ISO 8859-1
     * @param claim its type
     * @param linkGroup hard links
     * @param target of a symbolic link
     */
    public record Forged(String path, Claim claim, long linkGroup, String target) {

        public static Forged file(String path) {
            return new Forged(path, Claim.FILE, 0, "");
        }

        public static Forged linked(String path, long group) {
            return new Forged(path, Claim.FILE, group, "");
        }

        public static Forged directory(String path) {
            return new Forged(path, Claim.DIRECTORY, 0, "");
        }

        public static Forged symlink(String path, String target) {
            return new Forged(path, Claim.SYMLINK, 0, target);
        }
    }

    /**
     * A catalog and the object that holds it.
     *
     * @param catalog for a manifest
     * @param object for {@code catalogs/}
     */
    public record Result(Catalog catalog, Payload object) {}

    /** A catalog of one segment; every file has the content of the chunk. */
    @SuppressWarnings("EnumOrdinal") // in the order of the numbers in the format
    public static Result forge(SegmentSealing sealing, Extent.ChunkRef content, List<Forged> entries) {
        FieldWriter segment = new FieldWriter();
        segment.u8(1).varint(1);
        segment.raw(content.stream().bytes());
        segment.varint(1).varint(0).varint(0).text("root").text("root");
        segment.varint(entries.size());
        for (Forged entry : entries) {
            byte[] path = entry.path().getBytes(StandardCharsets.ISO_8859_1);
            segment.varint(0).bytes(path);
            segment.u8(entry.claim().ordinal() + 1);
            segment.varint(0755).varint(0).time(Instant.EPOCH).time(Instant.EPOCH);
            segment.varint(1).varint(entry.linkGroup()).varint(0);
            switch (entry.claim()) {
                case FILE -> {
                    segment.varint(content.length()).u8(0).varint(1);
                    segment.u8(1).varint(0).varint(content.block()).varint(content.blockLength());
                    segment.varint(content.offset()).varint(content.length());
                    segment.raw(content.id().toByteArray());
                }
                case SYMLINK -> segment.bytes(entry.target().getBytes(StandardCharsets.ISO_8859_1));
                case DIRECTORY -> {}
            }
        }
        byte[] bytes = segment.toByteArray();
        SegmentId id = sealing.idOf(bytes);
        byte[] sealed = sealing.seal(id, bytes);
        byte[] header = sealing.objectHeader();
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        object.writeBytes(header);
        object.writeBytes(sealed);
        MessageDigest digest = ObjectHash.newDigest();
        digest.update(object.toByteArray());
        SegmentPayload payload =
                new SegmentPayload(List.of(object.toByteArray()), object.size(), ObjectHash.of(digest.digest()));
        SegmentRef ref = new SegmentRef(id, payload.object(), header.length, sealed.length);
        SegmentList list = new SegmentList(List.of(new SegmentList.Item(EntryPath.ROOT, ref)), List.of());
        return new Result(new Catalog(List.of(payload.object()), Catalog.Level.ENTRIES, list), payload);
    }
}
