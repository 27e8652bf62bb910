package io.jenkins.plugins.provenbackup.engine.restore;

import io.jenkins.plugins.provenbackup.engine.catalog.CatalogReader;
import io.jenkins.plugins.provenbackup.engine.catalog.ContentSource;
import io.jenkins.plugins.provenbackup.engine.catalog.Entry;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryStream;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.ExtentStream;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.catalog.StoredEntry;
import java.io.IOException;
import java.util.Optional;

/** A catalog as seen from one of its directories, which becomes the root. For one thread. */
final class RootedCatalog implements ContentSource {

    private final CatalogReader catalog;
    private final EntryPath root;

    RootedCatalog(CatalogReader catalog, EntryPath root) {
        this.catalog = catalog;
        this.root = root;
    }

    /** Entries in rising order of their paths. */
    interface Entries {
        Optional<Entry> next() throws IOException;
    }

    /**
     * The directory and all that lies in it.
     *
     * @throws Cat.NotFoundException when it is not there, or no directory
     */
    Entries entries() throws IOException {
        EntryStream stream = catalog.entries(root);
        if (root.isRoot()) {
            return () -> stream.next().map(StoredEntry::entry);
        }
        Entry first = stream.next()
                .map(StoredEntry::entry)
                .filter(entry -> entry.path().equals(root) && entry.node().type() == EntryType.DIRECTORY)
                .orElseThrow(() -> new Cat.NotFoundException("The snapshot has no directory '" + root + "'."));
        return new Entries() {
            private Optional<Entry> head = Optional.of(first);

            @Override
            public Optional<Entry> next() throws IOException {
                Optional<Entry> given = head;
                head = Optional.empty();
                return (given.isPresent() ? given : stream.next().map(StoredEntry::entry))
                        .map(entry -> at(entry, entry.path().relativeTo(root)));
            }
        };
    }

    @Override
    public ExtentStream extents(Entry entry) {
        return catalog.extents(root.isRoot() ? entry : at(entry, root.resolve(entry.path())));
    }

    private static Entry at(Entry entry, EntryPath path) {
        Node node = entry.node();
        return new Entry(new Node(path, node.type(), node.metadata(), node.size(), node.linkTarget()), entry.content());
    }
}
