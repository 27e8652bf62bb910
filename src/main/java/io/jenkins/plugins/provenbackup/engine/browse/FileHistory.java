package io.jenkins.plugins.provenbackup.engine.browse;

import io.jenkins.plugins.provenbackup.engine.catalog.CatalogDiff;
import io.jenkins.plugins.provenbackup.engine.catalog.Difference;
import io.jenkins.plugins.provenbackup.engine.catalog.Entry;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How one file went from snapshot to snapshot. */
public final class FileHistory {

    private FileHistory() {}

    /**
     * The file in one snapshot.
     *
     * @param snapshot which
     * @param entry the file; empty where it was not there
     * @param change how it differs from the snapshot before; empty when it does not
     */
    public record Version(Snapshot snapshot, Optional<Entry> entry, Optional<Difference.Kind> change) {}

    /**
     * Looks the file up in every snapshot.
     *
     * @param snapshots of one source, oldest first
     * @param path of a file, not of a directory, whose content would be compared, too
     * @return one version for each snapshot, oldest first; in the first it counts as added
     */
    public static List<Version> run(List<Snapshot> snapshots, EntryPath path, List<Replica> replicas, AccessKey key)
            throws IOException, InterruptedException {
        List<Version> versions = new ArrayList<>();
        Optional<OpenCatalog> before = Optional.empty();
        try {
            for (Snapshot snapshot : snapshots) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                OpenCatalog catalog = OpenCatalog.of(snapshot.manifest(), key, replicas);
                Optional<OpenCatalog> previous = before;
                before = Optional.of(catalog);
                try {
                    Optional<Entry> entry = catalog.reader().find(path);
                    Optional<Difference.Kind> change = previous.isEmpty()
                            ? entry.map(found -> Difference.Kind.ADDED)
                            : change(previous.get(), catalog, path);
                    versions.add(new Version(snapshot, entry, change));
                } finally {
                    previous.ifPresent(OpenCatalog::close);
                }
            }
        } finally {
            before.ifPresent(OpenCatalog::close);
        }
        return versions;
    }

    private static Optional<Difference.Kind> change(OpenCatalog before, OpenCatalog after, EntryPath path)
            throws IOException {
        return new CatalogDiff(before.reader(), after.reader(), path)
                .next()
                .filter(difference -> difference.path().equals(path))
                .map(Difference::kind);
    }
}
