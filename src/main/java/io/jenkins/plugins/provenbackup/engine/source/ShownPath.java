package io.jenkins.plugins.provenbackup.engine.source;

import io.jenkins.plugins.provenbackup.engine.catalog.PrintableName;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import java.nio.file.Path;

/** A path of this machine as it is shown in messages, in any locale. */
final class ShownPath {

    private ShownPath() {}

    static String of(Path path) {
        return PrintableName.of(RawNames.bytesOf(path));
    }
}
