package io.jenkins.plugins.provenbackup.engine.catalog;

import java.util.List;

/**
 * An entry of a catalog: what restore needs to make a file, directory or link again.
 *
 * @param node the entry itself; its numbers are in the ranges that {@link Metadata} states, attributes sorted by name
 * @param content of a file, adding up to the node's size; {@link FileContent#NONE} for anything else
 */
public record Entry(Node node, FileContent content) {

    private static final int MAX_MODE = 07777;
    private static final long MAX_ID = 0xffff_ffffL;

    /**
     * Checks that all of it fits together.
     *
     * @throws IllegalArgumentException when it does not
     */
    public Entry {
        if (node.type() == EntryType.FILE) {
            require(node, node.size() >= 0, "its size is negative");
            require(
                    node,
                    !(content instanceof FileContent.Extents extents) || extents.length() == node.size(),
                    "its extents do not add up to its size");
        } else {
            require(node, node.size() == 0 && content.equals(FileContent.NONE), "only a file has content");
        }
        require(
                node,
                node.type() == EntryType.SYMLINK || node.linkTarget().length() == 0,
                "only a symbolic link has a target");
        require(node, node.type() == EntryType.DIRECTORY || !node.path().isRoot(), "the root must be a directory");
        check(node, node.metadata());
    }

    /** An entry without content: a directory, a symbolic link, an empty file. */
    public static Entry of(Node node) {
        return new Entry(node, FileContent.NONE);
    }

    public EntryPath path() {
        return node.path();
    }

    private static void check(Node node, Metadata metadata) {
        require(node, metadata.mode() >= 0 && metadata.mode() <= MAX_MODE, "its mode has more than twelve bits");
        require(
                node,
                metadata.uid() >= 0 && metadata.uid() <= MAX_ID && metadata.gid() >= 0 && metadata.gid() <= MAX_ID,
                "its owner is not a number of 32 bits");
        List<Metadata.Xattr> xattrs = metadata.xattrs();
        for (int i = 1; i < xattrs.size(); i++) {
            require(
                    node,
                    xattrs.get(i - 1).name().compareTo(xattrs.get(i).name()) < 0,
                    "its extended attributes are not sorted by name");
        }
    }

    private static void require(Node node, boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("'" + node.path() + "' cannot be an entry: " + otherwise);
        }
    }
}
