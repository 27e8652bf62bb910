package io.jenkins.plugins.provenbackup.engine.policy.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value somewhere in a file, which knows its line. Nothing is converted before somebody asks for it by type, so no tag in
 * the file makes an object of anything.
 *
 * @param file for messages
 * @param key that it stands under, for messages
 * @param node as the parser made it
 */
record YamlNode(String file, String key, Node node) {

    /** Longest list, so that nested aliases cannot make a small file large. */
    private static final int LONGEST_LIST = 10_000;

    PolicyFileException error(String problem) {
        return new PolicyFileException(
                file, node.getStartMark().map(Mark::getLine).orElse(0) + 1, problem);
    }

    String text() throws PolicyFileException {
        ScalarNode scalar = scalar("a text");
        if (!scalar.getTag().equals(Tag.STR)) {
            throw error("'" + key + "' must be a text, but " + scalar.getValue() + " is " + kind(scalar.getTag())
                    + " in YAML: put it in quotes");
        }
        return scalar.getValue();
    }

    /** A text of one line that says something. */
    String line() throws PolicyFileException {
        String text = text();
        if (text.isBlank() || text.lines().count() > 1) {
            throw error("'" + key + "' must be one line that is not empty");
        }
        return text.strip();
    }

    int number(int lowest) throws PolicyFileException {
        ScalarNode scalar = scalar("a number");
        try {
            if (scalar.getTag().equals(Tag.INT)) {
                int value = Integer.parseInt(scalar.getValue());
                if (value >= lowest) {
                    return value;
                }
            }
        } catch (NumberFormatException tooLarge) {
            throw error("'" + key + "' is too large: " + scalar.getValue());
        }
        throw error("'" + key + "' must be a whole number, " + lowest + " or more, not '" + scalar.getValue() + "'");
    }

    boolean isTrue() throws PolicyFileException {
        ScalarNode scalar = scalar("true or false");
        if (!scalar.getTag().equals(Tag.BOOL)) {
            throw error("'" + key + "' must be true or false, not '" + scalar.getValue() + "'");
        }
        return scalar.getValue().equalsIgnoreCase("true");
    }

    /** Converts a line by a function that explains itself with an {@link IllegalArgumentException}. */
    <T> T parsed(Function<String, T> parser) throws PolicyFileException {
        try {
            return parser.apply(line());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw error("'" + key + "': " + e.getMessage());
        }
    }

    List<YamlNode> list() throws PolicyFileException {
        if (!(node instanceof SequenceNode sequence)) {
            throw error("'" + key + "' must be a list: put each entry on a line of its own, behind a dash");
        }
        if (sequence.getValue().size() > LONGEST_LIST) {
            throw error("'" + key + "' has more than " + LONGEST_LIST + " entries");
        }
        List<YamlNode> entries = new ArrayList<>();
        sequence.getValue().forEach(entry -> entries.add(new YamlNode(file, key, entry)));
        return entries;
    }

    List<String> lines() throws PolicyFileException {
        List<String> lines = new ArrayList<>();
        for (YamlNode entry : list()) {
            lines.add(entry.line());
        }
        return lines;
    }

    YamlMap map() throws PolicyFileException {
        if (!(node instanceof MappingNode mapping)) {
            throw error("'" + key + "' must be keys with values, like 'name: shop'");
        }
        return YamlMap.of(this, mapping);
    }

    private ScalarNode scalar(String wanted) throws PolicyFileException {
        if (!(node instanceof ScalarNode scalar)) {
            throw error("'" + key + "' must be " + wanted + ", not a list or keys with values");
        }
        if (scalar.getTag().equals(Tag.NULL)) {
            throw error("'" + key + "' has no value: give it " + wanted + ", or delete the line");
        }
        return scalar;
    }

    private static String kind(Tag tag) {
        if (tag.equals(Tag.BOOL)) {
            return "a truth value";
        }
        return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? "a number" : "of type " + tag.getValue();
    }
}
