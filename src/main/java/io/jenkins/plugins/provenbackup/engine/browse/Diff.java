package io.jenkins.plugins.provenbackup.engine.browse;

import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.catalog.CatalogDiff;
import io.jenkins.plugins.provenbackup.engine.catalog.Difference;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Compares two snapshots. */
public final class Diff {

    private Diff() {}

    /**
     * What to compare.
     *
     * @param before the first snapshot
     * @param after the second, of the same source
     * @param within only what is below
     */
    public record Request(Manifest before, Manifest after, EntryPath within) {}

    /** Takes differences one by one. */
    public interface Taker {
        void take(Difference difference) throws IOException;
    }

    /**
     * Hands out all differences in order of their paths.
     *
     * @throws RefusedException when the snapshots are of different sources, whose contents cannot be compared
     */
    public static void run(Request request, List<Replica> replicas, AccessKey key, Taker taker)
            throws IOException, InterruptedException {
        Manifest before = request.before();
        Manifest after = request.after();
        if (!before.sourceId().equals(after.sourceId())) {
            throw new RefusedException("Snapshot " + before.id().brief() + " is of " + before.source() + ", "
                    + after.id().brief() + " of " + after.source()
                    + ": only snapshots of one source can be compared.");
        }
        try (OpenCatalog first = OpenCatalog.of(before, key, replicas);
                OpenCatalog second = OpenCatalog.of(after, key, replicas)) {
            CatalogDiff diff = new CatalogDiff(first.reader(), second.reader(), request.within());
            for (Optional<Difference> next = diff.next(); next.isPresent(); next = diff.next()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                taker.take(next.get());
            }
        }
    }
}
