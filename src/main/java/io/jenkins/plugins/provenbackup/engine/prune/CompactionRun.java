package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.repository.ArchiveTable;
import io.jenkins.plugins.provenbackup.engine.repository.Checkpoint;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.RunId;
import io.jenkins.plugins.provenbackup.engine.repository.RunStore;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/** Tells other prunes that new archives will soon be named, as a backup does. Ends by taking its objects away. For one thread. */
final class CompactionRun {

    private final RunId id = RunId.random();
    private final List<Replica> replicas;
    private final SourceKey key;
    private final Clock clock;
    private int next;

    CompactionRun(List<Replica> replicas, SourceKey key, Clock clock) {
        this.replicas = replicas;
        this.key = key;
        this.clock = clock;
    }

    void begin() throws IOException {
        put(List.of());
    }

    void wrote(ArchiveTable.Row row) throws IOException {
        put(List.of(row));
    }

    private void put(List<ArchiveTable.Row> rows) throws IOException {
        int number = next++;
        for (Replica replica : replicas) {
            new RunStore(replica)
                    .put(
                            new Checkpoint(
                                    key.repositoryId(),
                                    key.sourceId(),
                                    key.newestEpoch(),
                                    id,
                                    number,
                                    clock.instant(),
                                    new ArchiveTable(rows),
                                    List.of()),
                            key);
        }
    }

    void end() throws StorageException {
        for (Replica replica : replicas) {
            for (int number = 0; number < next; number++) {
                replica.storage().delete(Layout.runObject(id, number));
            }
        }
    }
}
