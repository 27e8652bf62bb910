package io.jenkins.plugins.provenbackup.engine.verify;

import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.repository.ManifestName;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SealedManifest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Replaces a manifest or its twin by the other, or by what another destination has of them; only by what is authentic. */
final class ManifestRepair {

    private final List<Replica> replicas;
    private final AccessKey key;

    ManifestRepair(List<Replica> replicas, AccessKey key) {
        this.replicas = replicas;
        this.key = key;
    }

    /**
     * Puts an authentic object in the place of a damaged or missing one.
     *
     * @param object the manifest's name or its twin's
     * @return whether one was found
     */
    boolean repair(Replica damaged, ManifestName name, String object) throws IOException {
        for (Replica replica : replicas) {
            Optional<SealedManifest> intact = find(() -> SealedManifest.read(replica, name))
                    .or(() -> find(() -> SealedManifest.readTwin(replica, name)));
            if (intact.isPresent()) {
                damaged.storage().delete(object);
                intact.get().put(damaged);
                return true;
            }
        }
        return false;
    }

    private interface Reading {
        SealedManifest run() throws IOException;
    }

    private Optional<SealedManifest> find(Reading reading) {
        try {
            SealedManifest manifest = reading.run();
            try (SourceKey opened = key.sourceKey(manifest.name().source()).orElseThrow()) {
                manifest.open(opened);
            }
            return Optional.of(manifest);
        } catch (IOException e) {
            // Not that one, then: the next may be intact.
            return Optional.empty();
        }
    }
}
