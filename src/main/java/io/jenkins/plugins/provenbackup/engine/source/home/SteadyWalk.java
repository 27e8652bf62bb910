package io.jenkins.plugins.provenbackup.engine.source.home;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.source.EntryFilter;
import io.jenkins.plugins.provenbackup.engine.source.SourceItem;
import io.jenkins.plugins.provenbackup.engine.source.SourceWalk;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A walk whose configuration files are read until two readings agree. */
final class SteadyWalk implements SourceWalk {

    /** Larger ones are no configuration that a person or Jenkins edits. */
    private static final long LARGEST = 4L << 20;

    private final SourceWalk walk;

    SteadyWalk(SourceWalk walk) {
        this.walk = walk;
    }

    @Override
    public Optional<SourceItem> next() throws InterruptedException {
        return walk.next().map(item -> isConfiguration(item.node()) ? new SteadyItem(item) : item);
    }

    private static boolean isConfiguration(Node node) {
        if (node.type() != EntryType.FILE || node.size() > LARGEST) {
            return false;
        }
        String path = new String(node.path().toByteArray(), StandardCharsets.UTF_8);
        boolean isDocument = path.endsWith(".xml") || path.endsWith(".yaml") || path.endsWith(".yml");
        return isDocument
                && HomeLayout.sectionOf(List.of(path.split("/")), EntryFilter.Kind.OTHER)
                        .filter(section -> section != HomeSection.BUILDS && section != HomeSection.USER_CONTENT)
                        .isPresent();
    }

    @Override
    public void close() {
        walk.close();
    }
}
