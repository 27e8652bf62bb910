package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.util.List;

/**
 * Brings destinations that a killed prune left at an older generation of a snapshot to the highest that another one has. Unless
 * somebody does, they keep the old archives for as long as the snapshot, since no later compaction need concern it.
 */
final class Levelling {

    private Levelling() {}

    /** Puts what is behind, where everything that it names can be had; returns whether anything changed. */
    static boolean run(World world, List<Replica> replicas, SourceKeys keys, ProgressListener progress)
            throws IOException {
        List<Subject> uneven = Subject.of(world).values().stream()
                .flatMap(List::stream)
                .filter(subject -> !subject.behind().isEmpty())
                .toList();
        if (uneven.isEmpty()) {
            return false;
        }
        ManifestPlacing placing = ManifestPlacing.at(replicas);
        for (Subject subject : uneven) {
            try {
                byte[] object = subject.source()
                        .read(subject.name().object(), subject.name().hash());
                placing.put(subject.read(keys), object, subject.behind());
            } catch (StorageException.Missing e) {
                progress.notice(
                        "A snapshot was forgotten, or pruned by somebody else, at this moment: " + e.getMessage());
            }
        }
        placing.withdrawForgotten();
        return placing.hasPut();
    }
}
