package io.jenkins.plugins.provenbackup.engine.target;

import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** Names for files that are not finished. Exclusive creation, not the randomness, keeps them from being anyone else's. */
final class TemporaryName {

    private TemporaryName() {}

    static Path in(Path directory) {
        return directory.resolve(".proven-backup-"
                + Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36) + ".tmp");
    }
}
