package io.jenkins.plugins.provenbackup.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;

/**
 * What a command line runs in.
 *
 * @param in standard input
 * @param out standard output: results only
 * @param err standard error: messages and progress
 * @param environment variables
 * @param prompt asks a person; empty when nobody is there
 * @param display what standard output and error are shown on
 */
record Surroundings(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        Optional<Prompt> prompt,
        Display display) {

    /** Asks for a secret without showing it. */
    interface Prompt {
        /** What was typed, for the caller to wipe; empty at the end of input. */
        Optional<char[]> secret(String question);
    }

    /** What the output is shown on. */
    enum Display {
        /** A file or a pipe. */
        PLAIN,
        /** A terminal that moves the cursor, but shows no colours. */
        TERMINAL,
        /** A terminal with colours. */
        COLOURS;

        boolean isTerminal() {
            return this != PLAIN;
        }
    }

    Surroundings {
        environment = Map.copyOf(environment);
    }

    /** A variable that is set and not empty. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }
}
