package io.jenkins.plugins.provenbackup.engine.policy.runbook;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of text, in which some is meant literally. Nothing in it is markup: each format writes it so that it is shown as it is.
 *
 * @param parts one after the other
 */
public record Phrase(List<Part> parts) {

    /**
     * One part.
     *
     * @param text as it is to be shown
     * @param style how
     */
    public record Part(String text, Style style) {}

    /** How a part is shown. */
    public enum Style {
        PLAIN,
        CODE
    }

    public Phrase {
        parts = List.copyOf(parts);
    }

    /** Plain text. */
    public static Phrase of(String text) {
        return new Phrase(text.isEmpty() ? List.of() : List.of(new Part(text, Style.PLAIN)));
    }

    /** Text that is meant literally. */
    public static Phrase ofCode(String code) {
        return of("").code(code);
    }

    /** With more that is meant literally. */
    public Phrase code(String code) {
        return with(code, Style.CODE);
    }

    /** With more plain text. */
    public Phrase text(String more) {
        return with(more, Style.PLAIN);
    }

    private Phrase with(String text, Style style) {
        List<Part> more = new ArrayList<>(parts);
        more.add(new Part(text, style));
        return new Phrase(more);
    }
}
