package io.jenkins.plugins.provenbackup.engine.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Reads one pattern of gitignore syntax, byte by byte as Git does, so that names in any encoding can be matched.
 *
 * @see <a href="https://git-scm.com/docs/gitignore">gitignore</a>
 */
final class PatternParser {

    private static final ByteSet ANY = new ByteSet().complement();

    private static final Map<String, ByteSet> CLASSES = Map.ofEntries(
            Map.entry("alnum", alpha().addRange('0', '9')),
            Map.entry("alpha", alpha()),
            Map.entry("blank", new ByteSet().addAll(" \t")),
            Map.entry("cntrl", new ByteSet().addRange(0, 31).add(127)),
            Map.entry("digit", new ByteSet().addRange('0', '9')),
            Map.entry("graph", new ByteSet().addRange(33, 126)),
            Map.entry("lower", new ByteSet().addRange('a', 'z')),
            Map.entry("print", new ByteSet().addRange(32, 126)),
            Map.entry(
                    "punct",
                    new ByteSet()
                            .addRange(33, 47)
                            .addRange(58, 64)
                            .addRange(91, 96)
                            .addRange(123, 126)),
            Map.entry("space", new ByteSet().addRange(9, 13).add(' ')),
            Map.entry("upper", new ByteSet().addRange('A', 'Z')),
            Map.entry(
                    "xdigit",
                    new ByteSet().addRange('0', '9').addRange('a', 'f').addRange('A', 'F')));

    private final byte[] pattern;
    private int at;
    private int end;

    private PatternParser(byte[] pattern) {
        this.pattern = pattern;
        this.end = pattern.length;
    }

    /** @throws BadPatternException whose message says what is wrong, and not where */
    static ExcludeRule parse(byte[] pattern) throws BadPatternException {
        return new PatternParser(pattern).rule();
    }

    private ExcludeRule rule() throws BadPatternException {
        ExcludeRule.Verdict verdict = ExcludeRule.Verdict.EXCLUDE;
        if (end > 0 && pattern[0] == '!') {
            verdict = ExcludeRule.Verdict.INCLUDE;
            at = 1;
        }
        ExcludeRule.Target target = ExcludeRule.Target.ANYTHING;
        if (end > at && pattern[end - 1] == '/') {
            target = ExcludeRule.Target.DIRECTORIES;
            end--;
        }
        boolean anchored = false;
        for (int i = at; i < end; i++) {
            anchored |= pattern[i] == '/';
        }
        if (at < end && pattern[at] == '/') {
            at++;
        }
        if (at == end) {
            throw new BadPatternException("it names nothing");
        }
        ExcludeRule.Scope scope = anchored ? ExcludeRule.Scope.PATH : ExcludeRule.Scope.NAME;
        return new ExcludeRule(verdict, target, scope, components());
    }

    private List<NameGlob> components() throws BadPatternException {
        List<NameGlob> components = new ArrayList<>();
        List<NameGlob.Token> tokens = new ArrayList<>();
        while (at < end) {
            byte b = pattern[at++];
            if (b == '\\') {
                if (at == end) {
                    throw new BadPatternException("it ends in a backslash, which must be followed by what it escapes");
                }
                b = pattern[at++];
                if (b != '/') {
                    tokens.add(NameGlob.Token.literal(b));
                    continue;
                }
            }
            switch (b) {
                case '/' -> {
                    components.add(new NameGlob(tokens));
                    tokens.clear();
                }
                case '*' -> tokens.add(NameGlob.Token.STAR);
                case '?' -> tokens.add(NameGlob.Token.set(ANY));
                case '[' -> tokens.add(NameGlob.Token.set(bracket()));
                default -> tokens.add(NameGlob.Token.literal(b));
            }
        }
        components.add(new NameGlob(tokens));
        return components;
    }

    /** What stands between brackets; the opening one was read. A closing bracket that comes first is a member. */
    private ByteSet bracket() throws BadPatternException {
        boolean negated = at < end && (pattern[at] == '!' || pattern[at] == '^');
        at += negated ? 1 : 0;
        ByteSet set = new ByteSet();
        int start = at;
        while (at == start || member(at) != ']') {
            int low = member(at++);
            if (low == '[' && isClass()) {
                addClass(set);
                continue;
            }
            if (low == '\\') {
                low = member(at++);
            }
            set.add(low);
            if (member(at) == '-' && member(at + 1) != ']') {
                at++;
                int high = member(at++);
                if (high == '\\') {
                    high = member(at++);
                }
                set.addRange(low, high);
            }
        }
        at++;
        return negated ? set.complement() : set;
    }

    private int member(int index) throws BadPatternException {
        if (index >= end) {
            throw new BadPatternException("its '[' is not closed by ']' (a bracket itself is written '\\[')");
        }
        return pattern[index] & 0xff;
    }

    /** Whether a class begins here, just behind its first bracket. */
    private boolean isClass() throws BadPatternException {
        if (member(at) != ':') {
            return false;
        }
        int close = at + 1;
        while (member(close) != ']') {
            close++;
        }
        return close > at + 1 && pattern[close - 1] == ':';
    }

    private void addClass(ByteSet set) throws BadPatternException {
        int start = at + 1;
        while (pattern[at] != ']') {
            at++;
        }
        String name = new String(Arrays.copyOfRange(pattern, start, at - 1), StandardCharsets.ISO_8859_1);
        ByteSet members = CLASSES.get(name);
        if (members == null) {
            throw new BadPatternException("there is no class of characters '[:" + name + ":]'");
        }
        at++;
        set.addAll(members);
    }

    private static ByteSet alpha() {
        return new ByteSet().addRange('a', 'z').addRange('A', 'Z');
    }
}
