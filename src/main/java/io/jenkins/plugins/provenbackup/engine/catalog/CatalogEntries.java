package io.jenkins.plugins.provenbackup.engine.catalog;

import java.io.IOException;
import java.util.Optional;

/** The entries of a catalog that are within a directory, segment by segment. */
final class CatalogEntries implements EntryStream {

    private final SegmentIndex index;
    private final SegmentLoader loader;
    private final EntryPath within;
    private TreeOrder order;
    private Optional<SegmentIndex.Position> nextPosition;
    private DecodedSegment segment;
    private int nextEntry;

    CatalogEntries(SegmentIndex index, SegmentLoader loader, EntryPath within) throws IOException {
        this.index = index;
        this.loader = loader;
        this.within = within;
        this.nextPosition = index.positionOf(within);
    }

    @Override
    public Optional<StoredEntry> next() throws IOException {
        while (segment != null || nextPosition.isPresent()) {
            if (segment == null || nextEntry == segment.entries().size()) {
                if (nextPosition.isEmpty()) {
                    break;
                }
                load(nextPosition.get());
            }
            StoredEntry stored = new StoredEntry(segment, nextEntry++);
            accept(stored.entry());
            EntryPath path = stored.entry().path();
            if (path.isWithin(within)) {
                return Optional.of(stored);
            }
            if (path.compareTo(within) > 0) {
                break;
            }
        }
        segment = null;
        nextPosition = Optional.empty();
        return Optional.empty();
    }

    private void load(SegmentIndex.Position position) throws IOException {
        SegmentList.Item item = index.at(position);
        String subject = SegmentSealing.nameOf(item.segment().id());
        nextPosition = index.after(position);
        DecodedSegment.Ending ending =
                nextPosition.isPresent() ? DecodedSegment.Ending.RULE : DecodedSegment.Ending.END;
        segment = new DecodedSegment(
                Optional.of(item.segment().id()),
                EntrySegmentDecoder.decode(loader.load(item.segment()), subject),
                ending);
        nextEntry = 0;
        EntryPath first = segment.entries().get(0).path();
        if (!first.equals(item.firstPath())) {
            throw new MalformedException(subject, "it does not begin with '" + item.firstPath() + "'");
        }
        if (order == null) {
            order = within.isRoot() ? new TreeOrder() : TreeOrder.from(first);
        }
    }

    private void accept(Entry entry) throws MalformedException {
        try {
            order.accept(entry.node());
        } catch (IllegalArgumentException e) {
            throw new MalformedException(
                    SegmentSealing.nameOf(segment.id().orElseThrow()), String.valueOf(e.getMessage()));
        }
    }
}
