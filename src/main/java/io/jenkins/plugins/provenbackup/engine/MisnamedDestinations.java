package io.jenkins.plugins.provenbackup.engine;

import io.jenkins.plugins.provenbackup.engine.crypto.RepositoryId;
import io.jenkins.plugins.provenbackup.engine.repository.KeySlots;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells a destination whose description names a wrong repository, since a bit of it flipped, from one that is another
 * repository: at the latter the key slots name the same repository as the description does.
 */
final class MisnamedDestinations {

    private MisnamedDestinations() {}

    /**
     * Those that name another repository than the only one that is borne out, with the reason.
     *
     * @throws RefusedException when more than one repository is borne out, or none
     */
    static Map<Replica, String> setAside(List<Replica> replicas) throws IOException {
        Set<RepositoryId> named = new HashSet<>();
        Set<RepositoryId> borneOut = new HashSet<>();
        for (Replica replica : replicas) {
            named.add(replica.id());
        }
        if (named.size() == 1) {
            return Map.of();
        }
        for (Replica replica : replicas) {
            if (isBorneOut(replica)) {
                borneOut.add(replica.id());
            }
        }
        if (borneOut.size() != 1) {
            return OpenDestinations.requireSame(replicas);
        }
        RepositoryId right = borneOut.iterator().next();
        Map<Replica, String> wrong = new LinkedHashMap<>();
        for (Replica replica : replicas) {
            if (!replica.id().equals(right)) {
                wrong.put(
                        replica,
                        replica.name(Layout.REPOSITORY) + " names repository " + replica.id() + ", not " + right
                                + " as the others do.");
            }
        }
        return wrong;
    }

    private static boolean isBorneOut(Replica replica) throws IOException {
        return KeySlots.list(replica).stream()
                .anyMatch(found -> found.slot()
                        .filter(slot -> slot.repositoryId().equals(replica.id()))
                        .isPresent());
    }
}
