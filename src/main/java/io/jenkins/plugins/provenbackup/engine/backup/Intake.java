package io.jenkins.plugins.provenbackup.engine.backup;

import io.jenkins.plugins.provenbackup.engine.catalog.CatalogMerge;
import io.jenkins.plugins.provenbackup.engine.catalog.ChangeRule;
import io.jenkins.plugins.provenbackup.engine.catalog.ContentSource;
import io.jenkins.plugins.provenbackup.engine.catalog.Entry;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Extent;
import io.jenkins.plugins.provenbackup.engine.catalog.Extent.ChunkRef;
import io.jenkins.plugins.provenbackup.engine.catalog.ExtentStream;
import io.jenkins.plugins.provenbackup.engine.catalog.StoredEntry;
import io.jenkins.plugins.provenbackup.engine.source.SourceItem;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Decides for each entry of the walk whether what a parent has of it can be used. For one thread. */
final class Intake {

    private final List<Parent> parents;

    /**
     * A catalog to compare with.
     *
     * @param contents where its files' extents are found
     * @param rule tells an unchanged entry
     * @param reuse whether its entries can be named as they are
     * @param available tells of a chunk that it names whether it need not be stored again
     */
    record Parent(ContentSource contents, ChangeRule rule, Reuse reuse, Predicate<ChunkRef> available) {}

    /** How a parent's entry gets into the new catalog. */
    enum Reuse {
        /** Its segments are stored at the destinations: name them. */
        SEGMENTS,
        /** They are not: write them again. */
        ENTRIES
    }

    /** What is to be done with an entry of the walk. */
    sealed interface Decision {

        /** Take the parent's entry, segment and all. */
        record Unchanged(StoredEntry stored, ContentSource contents) implements Decision {}

        /** Take the content from there, but write the entry. */
        record Taken(Entry entry, ContentSource contents) implements Decision {}

        /** Read it. */
        record Read(Novelty novelty) implements Decision {}
    }

    /** Whether the first parent knows the path. */
    enum Novelty {
        NEW,
        CHANGED
    }

    Intake(List<Parent> parents) {
        this.parents = parents;
    }

    Decision decide(CatalogMerge.Match<SourceItem> match) throws IOException {
        Novelty novelty = Novelty.NEW;
        SourceItem item = match.found();
        for (CatalogMerge.Candidate candidate : match.candidates()) {
            Parent parent = parents.get(candidate.parent());
            Entry entry = candidate.stored().entry();
            novelty = Novelty.CHANGED;
            if (item.size().isEmpty() && item.node().type() == EntryType.FILE) {
                continue;
            }
            if (parent.rule().unchanged(item.node(), entry.node()) && isAvailable(entry, parent)) {
                boolean same = parent.rule().sameAttributes(item.node(), entry.node());
                if (same && parent.reuse() == Reuse.SEGMENTS) {
                    return new Decision.Unchanged(candidate.stored(), parent.contents());
                }
                Entry current = same ? entry : new Entry(item.complete(), entry.content());
                return new Decision.Taken(current, parent.contents());
            }
        }
        return new Decision.Read(novelty);
    }

    private static boolean isAvailable(Entry entry, Parent parent) throws IOException {
        if (entry.node().type() != EntryType.FILE) {
            return true;
        }
        ExtentStream extents = parent.contents().extents(entry);
        for (Optional<Extent> next = extents.next(); next.isPresent(); next = extents.next()) {
            if (next.get() instanceof ChunkRef chunk && !parent.available().test(chunk)) {
                return false;
            }
        }
        return true;
    }

    static EntryPath pathOf(SourceItem item) {
        return item.node().path();
    }
}
