package io.jenkins.plugins.provenbackup.engine.backup;

import io.jenkins.plugins.provenbackup.engine.catalog.Metadata;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.source.SourceItem;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Remembers the content of files with several hard links, so that each is read once. For one thread. */
final class LinkedContents {

    /** Beyond so many, further ones are read again: that costs time and nothing else. */
    private static final int MOST = 100_000;

    private record Known(Node node, List<EntryOutput.Part> parts) {}

    private final Set<Long> seen = new HashSet<>();
    private final Map<Long, Known> known = new HashMap<>();

    /** Whether this is no further link of a file that came before. */
    boolean isFirst(SourceItem item) {
        long group = item.node().metadata().linkGroup();
        return group == 0 || seen.size() >= MOST || seen.add(group);
    }

    /** Whether the content was stored, and is still the file's. */
    boolean knows(SourceItem item) {
        Known stored = known.get(item.node().metadata().linkGroup());
        if (stored == null) {
            return false;
        }
        Metadata then = stored.node().metadata();
        Metadata now = item.node().metadata();
        return item.node().size() == stored.node().size()
                && now.mtime().equals(then.mtime())
                && now.ctime().equals(then.ctime())
                && now.inode() == then.inode();
    }

    /** The content; {@link #knows} was asked. */
    List<EntryOutput.Part> parts(Node node) {
        return known.get(node.metadata().linkGroup()).parts();
    }

    /** Notes a content. */
    void add(Node node, List<EntryOutput.Part> parts) {
        long group = node.metadata().linkGroup();
        if (group != 0 && known.size() < MOST) {
            known.put(group, new Known(node, List.copyOf(parts)));
        }
    }
}
