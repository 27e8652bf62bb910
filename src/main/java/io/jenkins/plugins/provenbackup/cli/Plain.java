package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.catalog.PrintableName;
import java.nio.charset.StandardCharsets;

/** Text from a repository, made harmless for a terminal. */
final class Plain {

    private Plain() {}

    static String text(String text) {
        return PrintableName.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
