package io.jenkins.plugins.provenbackup.engine.repository;

import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.Catalog;
import io.jenkins.plugins.provenbackup.engine.catalog.CatalogObject;
import io.jenkins.plugins.provenbackup.engine.catalog.FieldReader;
import io.jenkins.plugins.provenbackup.engine.catalog.FieldWriter;
import io.jenkins.plugins.provenbackup.engine.catalog.SegmentList;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Manifests as bytes (repository format, section 9). */
final class ManifestCodec {

    private static final byte[] ID_LABEL = "proven-backup snapshot v1".getBytes(StandardCharsets.US_ASCII);
    private static final int RANDOM = 16;
    private static final int MAX_TEXT = 1 << 16;
    private static final int MAX_TAGS = 10_000;

    private ManifestCodec() {}

    /** Makes a new snapshot's manifest, whose id follows from everything in it that never changes. */
    static Manifest create(
            SealedObject.Common common,
            Manifest.Place history,
            Manifest.Facts facts,
            SortedMap<String, String> tags,
            ArchiveTable archives,
            MovedBlocks moved,
            List<BlockId> sparse) {
        List<CatalogObject> catalogs = facts.catalog().objects();
        ManifestHeader draft =
                new ManifestHeader(common, SnapshotId.of(new byte[32]), 0, history, catalogs, archives.refs());
        ManifestHeader header =
                new ManifestHeader(common, id(immutable(draft, facts)), 0, history, catalogs, archives.refs());
        return new Manifest(header, facts, tags, archives, moved, sparse);
    }

    static byte[] encode(Manifest manifest, SourceKey key) throws IOException {
        FieldWriter out = new FieldWriter();
        out.bytes(immutable(manifest.header(), manifest.facts()));
        out.varint(manifest.tags().size());
        manifest.tags().forEach((name, value) -> out.text(name).text(value));
        ArchiveTable.StreamNumbers streams = manifest.archives().streams();
        manifest.sparse().forEach(block -> streams.of(block.stream()));
        manifest.moved().number(streams);
        streams.write(out);
        manifest.archives().write(out, streams);
        out.varint(manifest.sparse().size());
        for (BlockId block : manifest.sparse()) {
            out.varint(streams.of(block.stream()));
            out.varint(block.block());
        }
        manifest.moved().write(out, streams);
        return SealedObject.encode(
                SealedObject.Type.MANIFEST, manifest.header().encode(), out.toByteArray(), key, manifest.epoch());
    }

    static ManifestHeader decodeHeader(byte[] object, String name) throws IOException {
        return ManifestHeader.read(SealedObject.header(SealedObject.Type.MANIFEST, object, name), name);
    }

    static Manifest decode(byte[] object, String name, SourceKey key) throws IOException {
        ManifestHeader header = decodeHeader(object, name);
        FieldReader in = SealedObject.body(SealedObject.Type.MANIFEST, object, name, key);
        byte[] immutable = in.bytes("immutable part", Integer.MAX_VALUE);
        SortedMap<String, String> tags = new TreeMap<>();
        int tagCount = in.count("number of tags", 2, MAX_TAGS);
        for (int i = 0; i < tagCount; i++) {
            tags.put(in.text("name of a tag", MAX_TEXT), in.text("value of a tag", MAX_TEXT));
        }
        List<StreamId> streams = ArchiveTable.StreamNumbers.read(in);
        ArchiveTable archives = ArchiveTable.read(in, header.archives(), streams);
        int sparseCount = in.count("number of sparse blocks", 2, Integer.MAX_VALUE);
        List<BlockId> sparse = new ArrayList<>(sparseCount);
        for (int i = 0; i < sparseCount; i++) {
            sparse.add(new BlockId(streams.get(in.index("stream", streams.size())), in.varint("block")));
        }
        MovedBlocks moved = MovedBlocks.read(in, streams, name);
        in.end();
        if (!id(immutable).equals(header.id())) {
            throw new DamagedException(name + " is damaged: its snapshot id is not that of its content");
        }
        return new Manifest(header, facts(immutable, header, name), tags, archives, moved, sparse);
    }

    private static byte[] immutable(ManifestHeader header, Manifest.Facts facts) {
        FieldWriter out = new FieldWriter();
        out.raw(facts.random().toByteArray());
        out.raw(header.immutableFields());
        out.text(facts.source()).text(facts.host()).text(facts.user());
        out.varint(facts.roots().size());
        facts.roots().forEach(root -> out.bytes(root.toByteArray()));
        facts.totals().write(out);
        out.varint(facts.catalog().level().number());
        facts.catalog().list().write(out, header.catalogs());
        return out.toByteArray();
    }

    private static Manifest.Facts facts(byte[] immutable, ManifestHeader header, String name) throws IOException {
        FieldReader in = new FieldReader(immutable, name);
        ByteString random = ByteString.of(in.raw(RANDOM, "random bytes"));
        byte[] fields = header.immutableFields();
        if (!Arrays.equals(fields, in.raw(fields.length, "snapshot fields"))) {
            throw new DamagedException(name + " is damaged: its header and its body do not agree");
        }
        String source = in.text("source name", MAX_TEXT);
        String host = in.text("host", MAX_TEXT);
        String user = in.text("user", MAX_TEXT);
        int rootCount = in.count("number of roots", 1, Integer.MAX_VALUE);
        List<ByteString> roots = new ArrayList<>(rootCount);
        for (int i = 0; i < rootCount; i++) {
            roots.add(ByteString.of(in.bytes("root", MAX_TEXT)));
        }
        Totals totals = Totals.read(in);
        Catalog.Level level = Catalog.Level.read(in);
        SegmentList list = SegmentList.read(in, header.catalogs());
        Catalog catalog = new Catalog(header.catalogs(), level, list);
        in.end();
        return new Manifest.Facts(random, source, host, user, roots, totals, catalog);
    }

    private static SnapshotId id(byte[] immutable) {
        byte[] labelled = new FieldWriter().raw(ID_LABEL).raw(immutable).toByteArray();
        return SnapshotId.of(ObjectHash.ofContent(labelled).toByteArray());
    }
}
