package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.ListSnapshots;
import io.jenkins.plugins.provenbackup.engine.Snapshot;
import io.jenkins.plugins.provenbackup.engine.SnapshotList;
import io.jenkins.plugins.provenbackup.engine.SnapshotSelector;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import java.io.IOException;
import java.util.List;

/** Destinations that were opened, and a key that fits them. */
record OpenRepository(Context context, Destinations destinations, AccessKey key) implements AutoCloseable {

    List<Replica> replicas() {
        return destinations.reached();
    }

    /** All snapshots; what is wrong with the list is warned of. */
    SnapshotList snapshots() throws IOException {
        SnapshotList list = ListSnapshots.run(replicas(), key);
        Output output = context.output();
        list.broken()
                .forEach(broken -> output.warning("a manifest cannot be used: " + broken.problem()));
        list.removed().forEach(removed -> output.warning("snapshot " + removed.id().brief() + " of " + removed.source()
                + ", which " + removed.follower().brief() + " followed on, was removed without forget"));
        return list;
    }

    /** The snapshot that a person means. */
    Snapshot snapshot(String text) throws IOException {
        SnapshotSelector selector = SnapshotSelector.parse(text);
        return selector.in(snapshots());
    }

    @Override
    public void close() {
        key.close();
        destinations.close();
    }
}
