package io.jenkins.plugins.provenbackup.engine.browse;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern that finds entries: {@code *}, {@code ?} and {@code [...]} within a name, {@code **} over any number of
 * directories. With a slash in it, it is compared with the whole path, otherwise with the last name.
 */
public final class PathPattern {

    /** Whether case counts. */
    public enum Case {
        SENSITIVE,
        INSENSITIVE
    }

    private final Pattern pattern;
    private final boolean isPath;

    private PathPattern(Pattern pattern, boolean isPath) {
        this.pattern = pattern;
        this.isPath = isPath;
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException when it cannot mean anything
     */
    public static PathPattern parse(String text, Case sensitivity) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("An empty pattern finds nothing; * finds everything.");
        }
        String trimmed = text.startsWith("/") ? text.substring(1) : text;
        int flags = sensitivity == Case.SENSITIVE
                ? Pattern.DOTALL
                : Pattern.DOTALL | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
        try {
            return new PathPattern(Pattern.compile(regex(trimmed, text), flags), text.contains("/"));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "bad pattern '" + text + "': " + e.getDescription().toLowerCase(Locale.ROOT), e);
        }
    }

    /** Whether an entry is meant. */
    public boolean matches(EntryPath path) {
        String shown = path.toString();
        return pattern.matcher(isPath ? shown : shown.substring(shown.lastIndexOf('/') + 1))
                .matches();
    }

    private static String regex(String glob, String whole) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (c == '*' && glob.startsWith("**/", i)) {
                regex.append("(?:[^/]+/)*");
                i += 2;
            } else if (c == '*' && glob.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else if (c == '[') {
                int end = glob.indexOf(']', i + 2);
                if (end < 0) {
                    throw new IllegalArgumentException("bad pattern '" + whole + "': [ without ]");
                }
                String set = glob.substring(i + 1, end);
                boolean isNegated = set.startsWith("!") || set.startsWith("^");
                String members = (isNegated ? set.substring(1) : set).replaceAll("[\\\\\\[\\]&^]", "\\\\$0");
                regex.append("(?!/)[")
                        .append(isNegated ? "^" : "")
                        .append(members)
                        .append(']');
                i = end;
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }
}
