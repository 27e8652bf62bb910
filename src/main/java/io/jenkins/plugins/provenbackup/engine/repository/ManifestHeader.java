package io.jenkins.plugins.provenbackup.engine.repository;

import io.jenkins.plugins.provenbackup.engine.catalog.CatalogObject;
import io.jenkins.plugins.provenbackup.engine.catalog.FieldReader;
import io.jenkins.plugins.provenbackup.engine.catalog.FieldWriter;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The plain part of a manifest: what presence checks, copying and the planning of a prune need, without any key. It proves
 * nothing until the manifest's body was opened.
 *
 * @param common repository, source and epoch
 * @param id the snapshot
 * @param generation 0 and up
 * @param history the snapshot's place in time
 * @param catalogs catalog objects that the snapshot names
 * @param archives archives that the snapshot names
 */
record ManifestHeader(
        SealedObject.Common common,
        SnapshotId id,
        int generation,
        Manifest.Place history,
        List<CatalogObject> catalogs,
        List<ObjectRef> archives) {

    ManifestHeader {
        catalogs = List.copyOf(catalogs);
        archives = List.copyOf(archives);
    }

    ManifestHeader next() {
        return next(archives);
    }

    ManifestHeader next(List<ObjectRef> others) {
        return new ManifestHeader(common, id, Math.incrementExact(generation), history, catalogs, others);
    }

    byte[] encode() {
        FieldWriter out = common.begin();
        out.raw(id.bytes());
        out.raw(history.run().bytes());
        out.u64(history.sequence());
        out.u32(generation);
        out.raw(shared());
        writeRefs(out, archives);
        return out.toByteArray();
    }

    /** The fields that the immutable part repeats: all between generation and archives, after run and sequence. */
    byte[] immutableFields() {
        FieldWriter out = new FieldWriter();
        out.raw(history.run().bytes());
        out.u64(history.sequence());
        out.raw(shared());
        return out.toByteArray();
    }

    private byte[] shared() {
        FieldWriter out = new FieldWriter();
        out.u8(history.kind().code());
        out.time(history.start());
        out.time(history.end());
        writeIds(out, history.parent().stream().toList());
        writeIds(out, history.predecessors());
        CatalogObject.writeTable(catalogs, out);
        return out.toByteArray();
    }

    static ManifestHeader read(FieldReader in, String name) throws IOException {
        SealedObject.Common common = SealedObject.Common.read(in);
        SnapshotId id = SnapshotId.of(in.raw(SnapshotId.LENGTH, "snapshot id"));
        RunId run = RunId.of(in.raw(RunId.LENGTH, "run id"));
        long sequence = in.u64("sequence");
        int generation = SealedObject.number(in, "generation");
        SnapshotKind kind = kind(in.u8("kind"), name);
        Instant start = in.time("start");
        Instant end = in.time("end");
        List<SnapshotId> parents = readIds(in);
        if (parents.size() > 1) {
            throw new DamagedException(name + " is damaged: it names " + parents.size() + " parents");
        }
        List<SnapshotId> predecessors = readIds(in);
        List<CatalogObject> catalogs = CatalogObject.readTable(in);
        List<ObjectRef> archives = readRefs(in);
        in.end();
        Manifest.Place history = new Manifest.Place(
                run, sequence, kind, start, end, parents.stream().findFirst(), predecessors);
        return new ManifestHeader(common, id, generation, history, catalogs, archives);
    }

    private static SnapshotKind kind(int code, String name) throws DamagedException {
        return Arrays.stream(SnapshotKind.values())
                .filter(kind -> kind.code() == code)
                .findFirst()
                .orElseThrow(() -> new DamagedException(name + " is damaged: " + code + " is no kind of snapshot"));
    }

    private static void writeIds(FieldWriter out, List<SnapshotId> ids) {
        out.varint(ids.size());
        ids.forEach(id -> out.raw(id.bytes()));
    }

    private static List<SnapshotId> readIds(FieldReader in) throws IOException {
        int count = in.count("number of snapshots", SnapshotId.LENGTH, Integer.MAX_VALUE);
        List<SnapshotId> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(SnapshotId.of(in.raw(SnapshotId.LENGTH, "snapshot id")));
        }
        return ids;
    }

    static void writeRefs(FieldWriter out, List<ObjectRef> refs) {
        out.varint(refs.size());
        for (ObjectRef ref : refs) {
            out.raw(ref.hash().toByteArray());
            out.varint(ref.size());
        }
    }

    static List<ObjectRef> readRefs(FieldReader in) throws IOException {
        int count = in.count("number of objects", ObjectHash.LENGTH + 1, Integer.MAX_VALUE);
        List<ObjectRef> refs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            refs.add(new ObjectRef(
                    ObjectHash.of(in.raw(ObjectHash.LENGTH, "hash of an object")), in.varint("size of an object")));
        }
        return refs;
    }
}
