package io.jenkins.plugins.provenbackup.engine.browse;

import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.catalog.CatalogChildren;
import io.jenkins.plugins.provenbackup.engine.catalog.Entry;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryStream;
import io.jenkins.plugins.provenbackup.engine.catalog.StoredEntry;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Lists the entries of a snapshot in order of their paths, fetching only the part of the catalog that is asked for. */
public final class Ls {

    private Ls() {}

    /**
     * What to list.
     *
     * @param manifest the snapshot
     * @param within the entry at this path and all below it
     * @param depth how many levels below it, 0 for the entry alone
     */
    public record Request(Manifest manifest, EntryPath within, int depth) {}

    /** Takes entries one by one. */
    public interface Taker {
        void take(Entry entry) throws IOException;
    }

    /** What lies directly in a directory, in order of names; nothing when there is no such directory. */
    public static void children(
            Manifest manifest, EntryPath directory, List<Replica> replicas, AccessKey key, Taker taker)
            throws IOException, InterruptedException {
        try (OpenCatalog catalog = OpenCatalog.of(manifest, key, replicas)) {
            CatalogChildren children = catalog.reader().children(directory);
            for (Optional<Entry> next = children.next(); next.isPresent(); next = children.next()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                taker.take(next.get());
            }
        }
    }

    /** The entry at a path. */
    public static Optional<Entry> find(Manifest manifest, EntryPath path, List<Replica> replicas, AccessKey key)
            throws IOException {
        try (OpenCatalog catalog = OpenCatalog.of(manifest, key, replicas)) {
            return catalog.reader().find(path);
        }
    }

    /**
     * Hands out all entries.
     *
     * @throws RefusedException when there is nothing at the path
     * @throws InterruptedException when the thread was interrupted
     */
    public static void run(Request request, List<Replica> replicas, AccessKey key, Taker taker)
            throws IOException, InterruptedException {
        try (OpenCatalog catalog = OpenCatalog.of(request.manifest(), key, replicas)) {
            EntryStream entries = catalog.reader().entries(request.within());
            boolean empty = true;
            for (Optional<StoredEntry> next = entries.next(); next.isPresent(); next = entries.next()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                empty = false;
                Entry entry = next.get().entry();
                if (entry.path().depth() - request.within().depth() <= request.depth()) {
                    taker.take(entry);
                }
            }
            if (empty && !request.within().isRoot()) {
                throw new RefusedException("There is no '" + request.within() + "' in snapshot "
                        + request.manifest().id().brief() + ". 'ls' without a path lists everything, 'find' searches.");
            }
        }
    }
}
