package io.jenkins.plugins.provenbackup.engine.verify;

import io.jenkins.plugins.provenbackup.engine.archive.ObjectCheck;
import io.jenkins.plugins.provenbackup.engine.repository.ObjectRef;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.storage.Versions;
import io.jenkins.plugins.provenbackup.engine.transfer.ObjectCopy;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Replaces an object that is missing or damaged at one destination by an intact copy from another. The damaged one is only
 * deleted after the other was read from start to end and found intact.
 */
final class ObjectRepair {

    private final List<Replica> replicas;

    ObjectRepair(List<Replica> replicas) {
        this.replicas = replicas;
    }

    /**
     * Repairs an object.
     *
     * @return where it was taken from; empty when nobody has it intact
     * @throws IOException when it cannot be deleted or stored
     */
    Optional<String> repair(Replica damaged, String name, ObjectRef object) throws IOException {
        Optional<Versions> versions = damaged.storage().versions();
        if (versions.isPresent() && versions.get().restore(name, object.hash())) {
            return Optional.of("an older version of it");
        }
        for (Replica replica : replicas) {
            if (replica != damaged && isIntact(replica, name, object)) {
                damaged.storage().delete(name);
                ObjectCopy.copy(List.of(replica), damaged, name, object);
                return Optional.of("another destination");
            }
        }
        return Optional.empty();
    }

    private static boolean isIntact(Replica replica, String name, ObjectRef object) {
        try (InputStream in = replica.storage().open(name)) {
            new ObjectCheck().requireIntact(in, object.hash());
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
