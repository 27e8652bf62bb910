package io.jenkins.plugins.provenbackup.jenkins.execution;

import io.jenkins.plugins.provenbackup.engine.Reason;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.ManifestName;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/** Where the manifest of the one snapshot lies that the controller chose. */
final class SnapshotPlace implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String object;

    SnapshotPlace(ManifestName name) {
        this.object = name.object();
    }

    /** Reads it from the first destination that has it intact. */
    Manifest read(List<Replica> replicas, SourceKey key) throws IOException {
        ManifestName name = ManifestName.parse(object).orElseThrow();
        String reason = "no destination was reached";
        for (Replica replica : replicas) {
            try {
                return new SnapshotStore(replica).read(name, key);
            } catch (IOException e) {
                reason = Reason.of(e);
            }
        }
        throw new RefusedException("The manifest of the snapshot cannot be read here: " + reason);
    }
}
