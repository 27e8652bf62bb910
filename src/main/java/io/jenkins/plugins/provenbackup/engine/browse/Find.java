package io.jenkins.plugins.provenbackup.engine.browse;

import io.jenkins.plugins.provenbackup.engine.catalog.Entry;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import java.io.IOException;
import java.util.List;

/** Finds entries by their paths in several snapshots. */
public final class Find {

    private Find() {}

    /** Takes what was found, snapshot by snapshot. */
    public interface Taker {
        void take(Snapshot snapshot, Entry entry) throws IOException;
    }

    /** Hands out all entries that the pattern matches, in the order of the snapshots. */
    public static void run(
            List<Snapshot> snapshots, PathPattern pattern, List<Replica> replicas, AccessKey key, Taker taker)
            throws IOException, InterruptedException {
        for (Snapshot snapshot : snapshots) {
            Ls.Request all = new Ls.Request(snapshot.manifest(), EntryPath.ROOT, Integer.MAX_VALUE);
            Ls.run(all, replicas, key, entry -> {
                if (pattern.matches(entry.path())) {
                    taker.take(snapshot, entry);
                }
            });
        }
    }
}
