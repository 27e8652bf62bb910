package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.crypto.RepositoryId;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** What every command gets: where it runs, the options that all share, and where results and progress go. */
final class Context {

    private final Surroundings surroundings;
    private final GlobalOptions options = new GlobalOptions();
    private final Output output;
    private final ProgressDisplay progress;

    Context(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.progress = new ProgressDisplay(surroundings, options);
        this.output = new Output(surroundings, options, progress);
    }

    Surroundings surroundings() {
        return surroundings;
    }

    GlobalOptions options() {
        return options;
    }

    Output output() {
        return output;
    }

    ProgressDisplay progress() {
        return progress;
    }

    /** Where it is remembered what was seen of a repository. */
    Optional<Path> memory(RepositoryId repository) {
        Optional<Path> cache = surroundings
                .variable("XDG_CACHE_HOME")
                .map(Path::of)
                .filter(Path::isAbsolute)
                .or(() -> surroundings.variable("HOME").map(home -> Path.of(home, ".cache")));
        return cache.map(folder -> folder.resolve("proven-backup").resolve(repository.hex()));
    }

    Clock clock() {
        return Clock.systemUTC();
    }
}
