package io.jenkins.plugins.provenbackup.jenkins.start;

import io.jenkins.plugins.provenbackup.engine.source.BadPatternException;
import io.jenkins.plugins.provenbackup.engine.source.Excludes;
import io.jenkins.plugins.provenbackup.engine.source.FileTreeSource;
import io.jenkins.plugins.provenbackup.engine.source.Source;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** How a JENKINS_HOME is read. */
@FunctionalInterface
interface HomeSource {

    Source of(Path home);

    /** All files but those that Jenkins makes again by itself. */
    static HomeSource withoutNoise() {
        return home -> {
            try {
                Excludes excludes = Excludes.builder()
                        .addLines(
                                "/workspace/\n/caches/\n/war/\n/logs/tasks/\n/.cache/\n/tmp/\n".getBytes(StandardCharsets.US_ASCII),
                                "what Jenkins makes again")
                        .build();
                return new FileTreeSource(List.of(home), WalkOptions.ALL.withExcludes(excludes));
            } catch (BadPatternException e) {
                throw new IllegalStateException(e);
            }
        };
    }
}
