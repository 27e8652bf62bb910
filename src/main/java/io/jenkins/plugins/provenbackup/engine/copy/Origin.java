package io.jenkins.plugins.provenbackup.engine.copy;

import io.jenkins.plugins.provenbackup.engine.crypto.RepositoryId;
import io.jenkins.plugins.provenbackup.engine.repository.ForgottenRecords;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import java.util.Optional;

/**
 * Where a snapshot was copied from, as its tag {@value ForgottenRecords#ORIGIN} says.
 *
 * @param text the beginnings of the repository's id and of the snapshot's, with a colon between
 */
record Origin(String text) {

    private static final int REPOSITORY_DIGITS = 8;
    private static final int SNAPSHOT_DIGITS = 16;

    static Origin of(Manifest manifest) {
        return new Origin(prefix(manifest.repositoryId()) + manifest.id().hex().substring(0, SNAPSHOT_DIGITS));
    }

    /** What the tag of a copy says. */
    static Optional<Origin> read(Manifest copy) {
        return Optional.ofNullable(copy.tags().get(ForgottenRecords.ORIGIN)).map(Origin::new);
    }

    boolean isIn(RepositoryId repository) {
        return text.startsWith(prefix(repository));
    }

    private static String prefix(RepositoryId repository) {
        return repository.hex().substring(0, REPOSITORY_DIGITS) + ":";
    }
}
