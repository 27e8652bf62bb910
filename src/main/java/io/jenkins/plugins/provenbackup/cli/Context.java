package io.jenkins.plugins.provenbackup.cli;

import java.time.Clock;

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

    Clock clock() {
        return Clock.systemUTC();
    }
}
