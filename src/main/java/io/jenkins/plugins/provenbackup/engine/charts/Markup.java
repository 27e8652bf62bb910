package io.jenkins.plugins.provenbackup.engine.charts;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Elements of HTML and SVG; what is text stays text. Not safe for threads. */
final class Markup {

    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** Begins an element, with names and values of attributes in turn. */
    Markup open(String tag, String... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1]);
            out.append('"');
        }
        out.append('>');
        open.push(tag);
        return this;
    }

    /** Ends the innermost element. */
    Markup close() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    Markup text(String text) {
        escape(text);
        return this;
    }

    /** An element with text in it. */
    Markup element(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close();
    }

    /** An element with nothing in it. */
    Markup empty(String tag, String... attributes) {
        return open(tag, attributes).close();
    }

    /** A length or place, to a tenth of a unit. */
    static String at(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(isHarmless(c) ? c : '\uFFFD');
            }
        }
    }

    /** Control characters are no part of XML, and those that turn the direction of text would spoil what follows. */
    private static boolean isHarmless(char c) {
        return (c >= 0x20 || c == '\t' || c == '\n')
                && c != 0x7F
                && c != 0xFFFE
                && c != 0xFFFF
                && !(c >= 0x202A && c <= 0x202E)
                && !(c >= 0x2066 && c <= 0x2069);
    }

    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("not closed: " + open);
        }
        return out.toString();
    }
}
