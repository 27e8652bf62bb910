package io.jenkins.plugins.provenbackup.engine.source;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.catalog.PrintableName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Patterns of gitignore syntax that say what is not backed up, anchored at the root of the snapshot. The last pattern that
 * matches an entry decides, {@code !} takes an entry back in, and below an excluded directory nothing can be. Patterns and
 * names are compared as bytes. Immutable.
 */
public final class Excludes {

    public static final Excludes NONE = new Excludes(List.of());

    private final ExcludeRule[] rules;

    private Excludes(List<ExcludeRule> rules) {
        this.rules = rules.toArray(ExcludeRule[]::new);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Whether an entry of a snapshot matches, whose parents do not. */
    public boolean matches(Node node) {
        FileStat.Type type = node.type() == EntryType.DIRECTORY ? FileStat.Type.DIRECTORY : FileStat.Type.FILE;
        return exclude(node.path(), type);
    }

    /** Whether an entry whose parents are not excluded is. */
    boolean exclude(EntryPath entry, FileStat.Type type) {
        if (rules.length == 0) {
            return false;
        }
        byte[] path = entry.toByteArray();
        int name = path.length;
        while (name > 0 && path[name - 1] != '/') {
            name--;
        }
        for (int i = rules.length - 1; i >= 0; i--) {
            if (rules[i].matches(path, name, type)) {
                return rules[i].verdict() == ExcludeRule.Verdict.EXCLUDE;
            }
        }
        return false;
    }

    /** Collects patterns; the later ones win. */
    public static final class Builder {

        private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

        private final List<ExcludeRule> rules = new ArrayList<>();

        private Builder() {}

        /**
         * Adds one pattern as it stands: no comment, no blanks cut off.
         *
         * @param origin where it comes from, for messages ({@code --exclude})
         */
        public Builder add(String pattern, String origin) throws BadPatternException {
            return add(pattern.getBytes(StandardCharsets.UTF_8), origin);
        }

        /** Adds the lines of a file. */
        public Builder addFile(Path file) throws BadPatternException, SourceException {
            try {
                return addLines(Files.readAllBytes(file), ShownPath.of(file));
            } catch (IOException e) {
                throw new SourceException(
                        "cannot read the exclude file '" + ShownPath.of(file) + "': " + ReadFailure.reason(e), e);
            }
        }

        /**
         * Adds one pattern a line. Empty lines and lines that begin with {@code #} count for nothing, blanks at the end are
         * cut off unless a backslash stands before them.
         */
        public Builder addLines(byte[] lines, String origin) throws BadPatternException {
            int mark = BYTE_ORDER_MARK.length;
            boolean marked = lines.length >= mark && Arrays.equals(lines, 0, mark, BYTE_ORDER_MARK, 0, mark);
            int number = 0;
            for (int start = marked ? mark : 0; start < lines.length; ) {
                int stop = start;
                while (stop < lines.length && lines[stop] != '\n') {
                    stop++;
                }
                number++;
                byte[] line = trimmed(lines, start, stop);
                if (line.length > 0 && line[0] != '#') {
                    add(line, origin + ", line " + number);
                }
                start = stop + 1;
            }
            return this;
        }

        public Excludes build() {
            return rules.isEmpty() ? NONE : new Excludes(rules);
        }

        private Builder add(byte[] pattern, String where) throws BadPatternException {
            try {
                rules.add(PatternParser.parse(pattern));
                return this;
            } catch (BadPatternException e) {
                throw new BadPatternException(
                        where + ": bad pattern '" + PrintableName.of(pattern) + "': " + e.getMessage(), e);
            }
        }

        private static byte[] trimmed(byte[] lines, int start, int stop) {
            int end = stop > start && lines[stop - 1] == '\r' ? stop - 1 : stop;
            int kept = start;
            for (int i = start; i < end; i++) {
                if (lines[i] == '\\' && i + 1 < end) {
                    i++;
                    kept = i + 1;
                } else if (lines[i] != ' ') {
                    kept = i + 1;
                }
            }
            return Arrays.copyOfRange(lines, start, kept);
        }
    }
}
