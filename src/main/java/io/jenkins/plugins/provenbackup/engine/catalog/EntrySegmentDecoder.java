package io.jenkins.plugins.provenbackup.engine.catalog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads an entry segment, believing nothing. */
final class EntrySegmentDecoder {

    /** Path, type, mode, owner, times, inode, group, attributes: a byte each at least, two for a path or a time. */
    private static final int LEAST_ENTRY = 12;

    private static final int LEAST_OWNER = 4;
    private static final int LEAST_XATTR = 2;
    private static final int MAX_NAME = 1 << 16;
    private static final int MAX_MODE = 07777;
    private static final long MAX_ID = 0xffff_ffffL;

    private final FieldReader in;
    private final ExtentsDecoder extents;
    private final List<EntrySegmentEncoder.Owner> owners = new ArrayList<>();
    private EntryPath previous = EntryPath.ROOT;

    private EntrySegmentDecoder(FieldReader in) throws MalformedException {
        this.in = in;
        SegmentKind.expect(SegmentKind.ENTRIES, in);
        this.extents = new ExtentsDecoder(in);
        int count = in.count("the number of owners", LEAST_OWNER, Integer.MAX_VALUE);
        for (int i = 0; i < count; i++) {
            owners.add(new EntrySegmentEncoder.Owner(
                    in.varint("a user number", MAX_ID),
                    in.varint("a group number", MAX_ID),
                    in.text("a user name", MAX_NAME),
                    in.text("a group name", MAX_NAME)));
        }
    }

    /**
     * The entries of a segment, at least one, at most 4,096, their paths rising strictly.
     *
     * @param subject what to call the segment in messages
     */
    static List<Entry> decode(byte[] segment, String subject) throws MalformedException {
        FieldReader in = new FieldReader(segment, subject);
        EntrySegmentDecoder decoder = new EntrySegmentDecoder(in);
        int count = in.count("the number of entries", LEAST_ENTRY, SegmentRule.MOST_ENTRIES);
        if (count == 0) {
            throw in.malformed("it has no entries");
        }
        List<Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            entries.add(decoder.read(i));
        }
        in.end();
        return entries;
    }

    private Entry read(int number) throws MalformedException {
        EntryPath path = readPath(number);
        int type = in.u8("the type of an entry");
        Metadata metadata = readMetadata();
        try {
            return switch (type) {
                case EntrySegmentEncoder.FILE -> readFile(path, metadata);
                case EntrySegmentEncoder.DIRECTORY ->
                    Entry.of(new Node(path, EntryType.DIRECTORY, metadata, 0, ByteString.EMPTY));
                case EntrySegmentEncoder.SYMLINK ->
                    Entry.of(new Node(
                            path, EntryType.SYMLINK, metadata, 0, ByteString.of(in.bytes("a link target", MAX_NAME))));
                default -> throw in.malformed(type + " is no type of entry");
            };
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw in.malformed(e.getMessage());
        }
    }

    private EntryPath readPath(int number) throws MalformedException {
        byte[] before = previous.rawBytes();
        int shared = (int) in.varint("the shared part of a path", before.length);
        int rest = in.length("a path", EntryPath.MAX_LENGTH - shared);
        byte[] bytes = new byte[shared + rest];
        System.arraycopy(before, 0, bytes, 0, shared);
        in.raw(bytes, shared, rest, "a path");
        try {
            EntryPath path = EntryPath.of(bytes);
            if (number > 0 && previous.compareTo(path) >= 0) {
                throw in.malformed("'" + path + "' does not come after '" + previous + "'");
            }
            previous = path;
            return path;
        } catch (IllegalArgumentException e) {
            throw in.malformed(e.getMessage());
        }
    }

    private Metadata readMetadata() throws MalformedException {
        int mode = (int) in.varint("the mode of an entry", MAX_MODE);
        EntrySegmentEncoder.Owner owner = owners.get(in.index("the owner of an entry", owners.size()));
        Instant mtime = in.time("the mtime of an entry");
        Instant ctime = in.time("the ctime of an entry");
        long inode = in.varint("the inode of an entry");
        long group = in.varint("the link group of an entry");
        int count = in.count("the number of extended attributes", LEAST_XATTR, Integer.MAX_VALUE);
        List<Metadata.Xattr> xattrs = count == 0 ? List.of() : new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ByteString name = ByteString.of(in.bytes("the name of an extended attribute", Integer.MAX_VALUE));
            ByteString value = ByteString.of(in.bytes("an extended attribute", Integer.MAX_VALUE));
            xattrs.add(new Metadata.Xattr(name, value));
        }
        return new Metadata(
                mode, owner.uid(), owner.gid(), owner.user(), owner.group(), mtime, ctime, inode, group, xattrs);
    }

    private Entry readFile(EntryPath path, Metadata metadata) throws MalformedException {
        long size = in.varint("the size of a file");
        int form = in.u8("the form of a file's content");
        FileContent content = switch (form) {
            case EntrySegmentEncoder.EXTENTS -> {
                List<Extent> list = extents.read(FileContent.Extents.MAX);
                yield list.isEmpty() ? FileContent.NONE : new FileContent.Extents(list);
            }
            case EntrySegmentEncoder.CONTENT_SEGMENTS -> new FileContent.ContentSegments(readIds());
            default -> throw in.malformed(form + " is no form of content");
        };
        return new Entry(new Node(path, EntryType.FILE, metadata, size, ByteString.EMPTY), content);
    }

    private List<SegmentId> readIds() throws MalformedException {
        int count = in.count("the number of content segments", SegmentId.LENGTH, Integer.MAX_VALUE);
        List<SegmentId> ids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ids.add(SegmentId.read(in));
        }
        return ids;
    }
}
