package io.jenkins.plugins.provenbackup.engine.catalog;

import java.util.ArrayDeque;
import java.util.Deque;

/** Holds what is true of every catalog: paths rise strictly, and an entry's parent is a directory before it. */
final class TreeOrder {

    private final Deque<EntryPath> directories = new ArrayDeque<>();
    private EntryPath previous;

    /** For a whole catalog. The root need not have an entry: several paths, or one file, have none in common. */
    TreeOrder() {
        directories.addFirst(EntryPath.ROOT);
    }

    /** For the part of a catalog from {@code first} on, whose parents lie before it and are taken for granted. */
    static TreeOrder from(EntryPath first) {
        TreeOrder order = new TreeOrder();
        if (!first.isRoot()) {
            order.directories.clear();
        }
        for (EntryPath path = first; !path.isRoot(); path = path.parent()) {
            order.directories.addLast(path.parent());
        }
        return order;
    }

    /**
     * Takes the next entry.
     *
     * @throws IllegalArgumentException when it cannot follow those before it
     */
    void accept(Node node) {
        EntryPath path = node.path();
        if (previous != null && previous.compareTo(path) >= 0) {
            throw new IllegalArgumentException("'" + path + "' does not come after '" + previous + "'");
        }
        while (!directories.isEmpty() && !path.isWithin(directories.peekFirst())) {
            directories.removeFirst();
        }
        if (!path.isRoot() && (directories.isEmpty() || directories.peekFirst().length() != parentLength(path))) {
            throw new IllegalArgumentException("'" + path + "' is in no directory of the catalog");
        }
        if (node.type() == EntryType.DIRECTORY) {
            directories.addFirst(path);
        }
        previous = path;
    }

    private static int parentLength(EntryPath path) {
        byte[] bytes = path.rawBytes();
        int at = bytes.length - 1;
        while (at > 0 && bytes[at] != '/') {
            at--;
        }
        return at;
    }
}
