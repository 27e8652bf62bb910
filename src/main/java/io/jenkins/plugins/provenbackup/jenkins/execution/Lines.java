package io.jenkins.plugins.provenbackup.jenkins.execution;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A parameter of several values as one text, a value a line: forms have text areas, and build files lists. */
final class Lines {

    private Lines() {}

    /** The values, without empty lines and blanks around them. */
    static List<String> of(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    /**
     * Values by name, of lines like {@code app=shop}.
     *
     * @throws IllegalArgumentException naming a line of another form
     */
    static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new TreeMap<>();
        for (String line : of(text)) {
            int at = line.indexOf('=');
            if (at < 1) {
                throw new IllegalArgumentException("'" + line + "' is no tag: write like app=shop");
            }
            pairs.put(line.substring(0, at).strip(), line.substring(at + 1).strip());
        }
        return pairs;
    }
}
