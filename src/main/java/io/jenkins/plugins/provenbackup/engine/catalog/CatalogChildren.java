package io.jenkins.plugins.provenbackup.engine.catalog;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What lies directly in a directory of a catalog. Segments that hold nothing but what is deeper are not fetched, so listing
 * the top of a large tree costs little. The rules of a catalog are not checked over what is left out.
 */
public final class CatalogChildren {

    private final SegmentIndex index;
    private final SegmentLoader loader;
    private final EntryPath directory;
    private Optional<SegmentIndex.Position> nextPosition;
    private Optional<EntryPath> lastDirectory = Optional.empty();
    private List<Entry> entries = List.of();
    private int nextEntry;

    CatalogChildren(SegmentIndex index, SegmentLoader loader, EntryPath directory) throws IOException {
        this.index = index;
        this.loader = loader;
        this.directory = directory;
        this.nextPosition = index.positionOf(directory);
    }

    /** The next child in order of names, or empty at the end and ever after. */
    public Optional<Entry> next() throws IOException {
        while (true) {
            while (nextEntry == entries.size()) {
                if (nextPosition.isEmpty()) {
                    return Optional.empty();
                }
                load();
            }
            Entry entry = entries.get(nextEntry++);
            EntryPath path = entry.path();
            if (!path.isWithin(directory)) {
                if (path.compareTo(directory) > 0) {
                    end();
                    return Optional.empty();
                }
            } else if (!path.equals(directory) && isChild(path)) {
                if (entry.node().type() == EntryType.DIRECTORY) {
                    lastDirectory = Optional.of(path);
                }
                return Optional.of(entry);
            }
        }
    }

    private boolean isChild(EntryPath path) {
        return path.depth() == directory.depth() + 1;
    }

    private void end() {
        entries = List.of();
        nextEntry = 0;
        nextPosition = Optional.empty();
    }

    private void load() throws IOException {
        SegmentIndex.Position position = nextPosition.orElseThrow();
        Optional<SegmentIndex.Position> after = index.after(position);
        while (isDeeper(position) && after.isPresent() && isDeeper(after.get())) {
            position = after.get();
            after = index.after(position);
        }
        SegmentList.Item item = index.at(position);
        entries = EntrySegmentDecoder.decode(
                loader.load(item.segment()),
                SegmentSealing.nameOf(item.segment().id()));
        nextEntry = 0;
        nextPosition = after;
    }

    /** Whether a segment begins below the directory that was met last. */
    private boolean isDeeper(SegmentIndex.Position position) throws IOException {
        EntryPath first = index.at(position).firstPath();
        return lastDirectory.isPresent() && first.isWithin(lastDirectory.get());
    }
}
