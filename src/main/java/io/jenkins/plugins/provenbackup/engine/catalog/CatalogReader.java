package io.jenkins.plugins.provenbackup.engine.catalog;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a catalog, fetching only the segments that are needed. Each is checked against its id, and the entries against the
 * rules of a catalog: paths rise strictly and lie in directories of the catalog (of a part that is read alone, the parents of
 * its first entry are taken for granted). For one thread; the caller closes the sealing.
 */
public final class CatalogReader implements ContentSource {

    private final SegmentSealing sealing;
    private final SegmentLoader loader;
    private final SegmentIndex index;

    /**
     * A reader; nothing is fetched yet.
     *
     * @param sealing of the epoch in the header of the manifest
     */
    public CatalogReader(Catalog catalog, SegmentSealing sealing, SegmentSource source) {
        this.sealing = sealing;
        this.loader = new SegmentLoader(source, sealing);
        this.index = new SegmentIndex(catalog, loader);
    }

    /** All entries. */
    public EntryStream entries() throws IOException {
        return entries(EntryPath.ROOT);
    }

    /** The entry at a path and all entries below it; none when there is no such path. */
    public EntryStream entries(EntryPath within) throws IOException {
        return new CatalogEntries(index, loader, within);
    }

    /** What lies directly in a directory; nothing when there is no such directory. */
    public CatalogChildren children(EntryPath directory) throws IOException {
        return new CatalogChildren(index, loader, directory);
    }

    /** The entry at a path. */
    public Optional<Entry> find(EntryPath path) throws IOException {
        return entries(path)
                .next()
                .map(StoredEntry::entry)
                .filter(entry -> entry.path().equals(path));
    }

    @Override
    public ExtentStream extents(Entry entry) {
        return new FileExtents(entry, id -> load(id, entry));
    }

    /** All segments of the catalog, for a writer of the next one; reads the lists of a very large catalog. */
    public Map<SegmentId, SegmentRef> segments() throws IOException {
        return index.all();
    }

    /** The epoch that the catalog was written in; chunk ids of different epochs cannot be compared. */
    public int epoch() {
        return sealing.epoch();
    }

    private List<Extent> load(SegmentId id, Entry entry) throws IOException {
        SegmentRef ref = index.content(id, entry.path())
                .orElseThrow(() -> new MalformedException(
                        "'" + entry.path() + "'", "its content segment " + id + " is not listed in the catalog"));
        return ContentSegment.decode(loader.load(ref), SegmentSealing.nameOf(id));
    }
}
