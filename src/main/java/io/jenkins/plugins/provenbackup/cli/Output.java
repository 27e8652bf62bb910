package io.jenkins.plugins.provenbackup.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** Where results and messages go: results to standard output, everything else to standard error. */
final class Output {

    private final Surroundings surroundings;
    private final GlobalOptions options;
    private final ProgressDisplay progress;
    private boolean hasDocument;

    Output(Surroundings surroundings, GlobalOptions options, ProgressDisplay progress) {
        this.surroundings = surroundings;
        this.options = options;
        this.progress = progress;
    }

    boolean isJson() {
        return options.isJson();
    }

    Style style() {
        return surroundings.display() == Surroundings.Display.COLOURS ? Style.COLOURS : Style.PLAIN;
    }

    /** A line of the result for people. */
    void line(String text) {
        progress.clear();
        surroundings.out().println(text);
    }

    /** The result for programs: maps, lists, texts, numbers, booleans. */
    void document(Map<String, Object> document) {
        try {
            text(JSON.std
                    .with(JSON.Feature.PRETTY_PRINT_OUTPUT, JSON.Feature.WRITE_NULL_PROPERTIES)
                    .asString(document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The result for programs, written by the caller piece by piece. */
    JsonDocument openDocument() throws IOException {
        hasDocument = true;
        return new JsonDocument(surroundings.out());
    }

    boolean hasDocument() {
        return hasDocument;
    }

    /** Something that the user should know, on standard error. */
    void notice(String text) {
        progress.clear();
        surroundings.err().println("proven-backup: " + text);
    }

    /** Something that the user should mend, on standard error. */
    void warning(String text) {
        notice(style().caution("warning: ") + text);
    }

    private void text(String json) {
        hasDocument = true;
        PrintStream out = surroundings.out();
        out.println(json);
        out.flush();
    }
}
