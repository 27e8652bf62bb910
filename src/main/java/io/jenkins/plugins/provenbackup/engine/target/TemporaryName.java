package io.jenkins.plugins.provenbackup.engine.target;

import io.jenkins.plugins.provenbackup.engine.storage.PlainTree;
import java.nio.file.Path;

/** Names for files that are not finished. Exclusive creation, not the randomness, keeps them from being anyone else's. */
final class TemporaryName {

    private TemporaryName() {}

    static Path in(Path directory) {
        return directory.resolve("." + PlainTree.newTemporary());
    }
}
