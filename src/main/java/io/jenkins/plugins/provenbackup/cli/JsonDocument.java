package io.jenkins.plugins.provenbackup.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;

/** One JSON document of any length: an object with some fields and one list, written as it comes. */
final class JsonDocument {

    private final PrintStream out;
    private boolean first = true;

    JsonDocument(PrintStream out) {
        this.out = out;
    }

    /** Begins with some fields and the name of the list. */
    JsonDocument begin(Map<String, Object> fields, String list) throws IOException {
        String head = JSON.std.asString(fields);
        out.print(head.substring(0, head.length() - 1));
        out.print((fields.isEmpty() ? "\"" : ",\"") + list + "\":[");
        return this;
    }

    void item(Map<String, Object> item) throws IOException {
        out.print(first ? "\n" : ",\n");
        first = false;
        out.print(JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(item));
    }

    /** Ends with some more fields. */
    void end(Map<String, Object> fields) throws IOException {
        String tail = JSON.std.asString(fields);
        out.print(fields.isEmpty() ? "\n]}" : "\n]," + tail.substring(1));
        out.println();
        out.flush();
    }
}
