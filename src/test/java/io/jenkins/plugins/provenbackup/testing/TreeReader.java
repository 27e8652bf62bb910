package io.jenkins.plugins.provenbackup.testing;

import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Metadata;
import io.jenkins.plugins.provenbackup.engine.catalog.Metadata.Xattr;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Reads a directory into nodes, as simply as possible: what tests compare cleverer code with. */
public final class TreeReader {

    private TreeReader() {}

    /** All entries of files, directories and links in catalog order, the root first. */
    public static List<Node> read(Path root) throws IOException {
        List<Node> nodes = new ArrayList<>();
        walk(root, EntryPath.ROOT, nodes);
        nodes.sort(Comparator.comparing(Node::path));
        return nodes;
    }

    private static void walk(Path path, EntryPath entry, List<Node> nodes) throws IOException {
        Node node = node(path, entry);
        nodes.add(node);
        if (node.type() == EntryType.DIRECTORY) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
                for (Path child : children) {
                    walk(child, entry.child(RawNames.nameOf(child)), nodes);
                }
            }
        }
    }

    private static Node node(Path path, EntryPath entry) throws IOException {
        Map<String, Object> all = Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
        boolean link = (Boolean) all.get("isSymbolicLink");
        boolean directory = (Boolean) all.get("isDirectory");
        EntryType type = link ? EntryType.SYMLINK : directory ? EntryType.DIRECTORY : EntryType.FILE;
        var owners = Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
        boolean linked = type == EntryType.FILE && (Integer) all.get("nlink") > 1;
        Metadata metadata = new Metadata(
                (Integer) all.get("mode") & 07777,
                Integer.toUnsignedLong((Integer) all.get("uid")),
                Integer.toUnsignedLong((Integer) all.get("gid")),
                name(owners.owner().getName()),
                name(owners.group().getName()),
                ((FileTime) all.get("lastModifiedTime")).toInstant(),
                ((FileTime) all.get("ctime")).toInstant(),
                (Long) all.get("ino"),
                linked ? (Long) all.get("ino") : 0,
                link ? List.of() : xattrs(path));
        return new Node(
                entry,
                type,
                metadata,
                type == EntryType.FILE ? (Long) all.get("size") : 0,
                link ? ByteString.of(RawNames.bytesOf(Files.readSymbolicLink(path))) : ByteString.EMPTY);
    }

    /** The JDK names those that have no name by their number. */
    private static String name(String principal) {
        return principal.chars().allMatch(Character::isDigit) ? "" : principal;
    }

    private static List<Xattr> xattrs(Path path) throws IOException {
        UserDefinedFileAttributeView view =
                Files.getFileAttributeView(path, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        List<Xattr> found = new ArrayList<>();
        try {
            for (String name : view.list().stream().sorted().toList()) {
                ByteBuffer value = ByteBuffer.allocate(view.size(name));
                view.read(name, value);
                found.add(new Xattr(ByteString.utf8("user." + name), ByteString.of(value.array())));
            }
        } catch (IOException unsupported) {
            return List.of();
        }
        return found;
    }
}
