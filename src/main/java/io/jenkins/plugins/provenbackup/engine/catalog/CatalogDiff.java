package io.jenkins.plugins.provenbackup.engine.catalog;

import java.io.IOException;
import java.util.Optional;

/**
 * Compares two catalogs of one source as streams, in constant memory. Content is compared by chunk ids; those of different
 * epochs say nothing about each other, so there size and mtime decide. For one thread.
 */
public final class CatalogDiff {

    private final CatalogReader before;
    private final CatalogReader after;
    private final EntryStream beforeEntries;
    private final EntryStream afterEntries;
    private Optional<Entry> left;
    private Optional<Entry> right;

    /**
     * Begins to compare what lies within a directory.
     *
     * @param within {@link EntryPath#ROOT} for everything
     */
    public CatalogDiff(CatalogReader before, CatalogReader after, EntryPath within) throws IOException {
        this.before = before;
        this.after = after;
        this.beforeEntries = before.entries(within);
        this.afterEntries = after.entries(within);
        this.left = advance(beforeEntries);
        this.right = advance(afterEntries);
    }

    /** The next difference in order of paths, or empty at the end and ever after. */
    public Optional<Difference> next() throws IOException {
        while (left.isPresent() || right.isPresent()) {
            int order = order();
            Optional<Entry> a = order <= 0 ? left : Optional.empty();
            Optional<Entry> b = order >= 0 ? right : Optional.empty();
            left = order <= 0 ? advance(beforeEntries) : left;
            right = order >= 0 ? advance(afterEntries) : right;
            Optional<Difference.Kind> kind = kind(a, b);
            if (kind.isPresent()) {
                EntryPath path = a.or(() -> b).orElseThrow().path();
                return Optional.of(new Difference(path, kind.get(), a, b));
            }
        }
        return Optional.empty();
    }

    private int order() {
        if (left.isEmpty() || right.isEmpty()) {
            return left.isEmpty() ? 1 : -1;
        }
        return left.get().path().compareTo(right.get().path());
    }

    private Optional<Difference.Kind> kind(Optional<Entry> a, Optional<Entry> b) throws IOException {
        if (a.isEmpty() || b.isEmpty()) {
            return Optional.of(a.isEmpty() ? Difference.Kind.ADDED : Difference.Kind.REMOVED);
        }
        Node was = a.get().node();
        Node is = b.get().node();
        if (was.type() != is.type()) {
            return Optional.of(Difference.Kind.TYPE);
        }
        if (!was.linkTarget().equals(is.linkTarget()) || !sameContent(a.get(), b.get())) {
            return Optional.of(Difference.Kind.CONTENT);
        }
        return sameMetadata(was.metadata(), is.metadata()) ? Optional.empty() : Optional.of(Difference.Kind.METADATA);
    }

    private boolean sameContent(Entry a, Entry b) throws IOException {
        if (a.node().size() != b.node().size()) {
            return false;
        }
        if (before.epoch() != after.epoch()) {
            return a.node().metadata().mtime().equals(b.node().metadata().mtime());
        }
        return a.content().equals(b.content()) || sameChunks(before.extents(a), after.extents(b));
    }

    private static boolean sameChunks(ExtentStream a, ExtentStream b) throws IOException {
        Optional<Extent> x = a.next();
        Optional<Extent> y = b.next();
        while (x.isPresent() && y.isPresent()) {
            if (!sameBytes(x.get(), y.get())) {
                return false;
            }
            x = a.next();
            y = b.next();
        }
        return x.isEmpty() && y.isEmpty();
    }

    private static boolean sameBytes(Extent a, Extent b) {
        if (a instanceof Extent.ChunkRef x && b instanceof Extent.ChunkRef y) {
            return x.id().equals(y.id()) && x.length() == y.length();
        }
        return a.equals(b);
    }

    /** Inode, ctime and link group say nothing to a person. */
    private static boolean sameMetadata(Metadata a, Metadata b) {
        return a.mode() == b.mode()
                && a.uid() == b.uid()
                && a.gid() == b.gid()
                && a.user().equals(b.user())
                && a.group().equals(b.group())
                && a.mtime().equals(b.mtime())
                && a.xattrs().equals(b.xattrs());
    }

    private static Optional<Entry> advance(EntryStream entries) throws IOException {
        return entries.next().map(StoredEntry::entry);
    }
}
