package io.jenkins.plugins.provenbackup.engine.catalog;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Builds one entry segment. The same entries give the same bytes. */
final class EntrySegmentEncoder {

    static final int FILE = 1;
    static final int DIRECTORY = 2;
    static final int SYMLINK = 3;

    static final int EXTENTS = 0;
    static final int CONTENT_SEGMENTS = 1;

    private final FieldWriter body = new FieldWriter(1 << 16);
    private final ExtentsEncoder extents = new ExtentsEncoder();
    private final Map<Owner, Integer> owners = new LinkedHashMap<>();
    private final Set<SegmentId> contents = new LinkedHashSet<>();
    private EntryPath previous = EntryPath.ROOT;
    private EntryPath first = EntryPath.ROOT;
    private int count;

    /** Who owns an entry; a segment says each owner once. */
    record Owner(long uid, long gid, String user, String group) {

        // Written out: what the JDK makes for records is slow until the optimising compiler has seen it.
        @Override
        public boolean equals(Object other) {
            return other instanceof Owner that
                    && uid == that.uid
                    && gid == that.gid
                    && user.equals(that.user)
                    && group.equals(that.group);
        }

        @Override
        public int hashCode() {
            return 31 * Long.hashCode(uid) + Long.hashCode(gid);
        }
    }

    /** Adds the next entry; that paths rise is the caller's care. */
    void add(Entry entry) {
        if (count == 0) {
            first = entry.path();
        }
        writePath(entry.path());
        body.u8(typeOf(entry.node().type()));
        writeMetadata(entry.node().metadata());
        switch (entry.node().type()) {
            case FILE -> writeContent(entry);
            case SYMLINK -> body.bytes(entry.node().linkTarget().rawBytes());
            case DIRECTORY -> {}
        }
        count++;
    }

    int count() {
        return count;
    }

    /** Bytes of the entries so far. */
    int length() {
        return body.length();
    }

    EntryPath firstPath() {
        return first;
    }

    /** Content segments that the entries name, in order of first use. */
    List<SegmentId> contents() {
        return List.copyOf(contents);
    }

    byte[] finish() {
        FieldWriter out = new FieldWriter(body.length() + 1024);
        out.u8(SegmentKind.ENTRIES);
        extents.writeStreams(out);
        out.varint(owners.size());
        for (Owner owner : owners.keySet()) {
            out.varint(owner.uid()).varint(owner.gid()).text(owner.user()).text(owner.group());
        }
        return out.varint(count).raw(body).toByteArray();
    }

    private void writePath(EntryPath path) {
        byte[] bytes = path.rawBytes();
        int mismatch = Arrays.mismatch(previous.rawBytes(), bytes);
        int shared = mismatch < 0 ? bytes.length : mismatch;
        body.varint(shared).varint(bytes.length - shared).raw(bytes, shared, bytes.length - shared);
        previous = path;
    }

    private void writeMetadata(Metadata metadata) {
        Owner owner = new Owner(metadata.uid(), metadata.gid(), metadata.user(), metadata.group());
        Integer known = owners.putIfAbsent(owner, owners.size());
        body.varint(metadata.mode()).varint(known == null ? owners.size() - 1 : known);
        body.time(metadata.mtime()).time(metadata.ctime());
        body.varint(metadata.inode()).varint(metadata.linkGroup());
        body.varint(metadata.xattrs().size());
        for (Metadata.Xattr xattr : metadata.xattrs()) {
            body.bytes(xattr.name().rawBytes()).bytes(xattr.value().rawBytes());
        }
    }

    private void writeContent(Entry entry) {
        body.varint(entry.node().size());
        if (entry.content() instanceof FileContent.ContentSegments large) {
            body.u8(CONTENT_SEGMENTS).varint(large.segments().size());
            for (SegmentId id : large.segments()) {
                id.write(body);
                contents.add(id);
            }
        } else if (entry.content() instanceof FileContent.Extents small) {
            body.u8(EXTENTS).varint(small.extents().size());
            for (Extent extent : small.extents()) {
                extents.write(extent, body);
            }
        }
    }

    private static int typeOf(EntryType type) {
        return switch (type) {
            case FILE -> FILE;
            case DIRECTORY -> DIRECTORY;
            case SYMLINK -> SYMLINK;
        };
    }
}
