package io.jenkins.plugins.provenbackup.jenkins.timemachine;

/** What became of one thing that was restored, in a sentence. Immutable. */
public final class Outcome {

    /** How it went. */
    enum Kind {
        GOOD,
        WARNING,
        BAD
    }

    private final Kind kind;
    private final String text;

    private Outcome(Kind kind, String text) {
        this.kind = kind;
        this.text = text;
    }

    static Outcome good(String text) {
        return new Outcome(Kind.GOOD, text);
    }

    static Outcome warning(String text) {
        return new Outcome(Kind.WARNING, text);
    }

    static Outcome bad(String text) {
        return new Outcome(Kind.BAD, text);
    }

    Kind kind() {
        return kind;
    }

    /** {@code good}, {@code warning} or {@code bad}. */
    public String getStyle() {
        return kind.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** A symbol of Jenkins. */
    public String getIcon() {
        return switch (kind) {
            case GOOD -> "symbol-check";
            case WARNING -> "symbol-warning";
            case BAD -> "symbol-close-circle";
        };
    }

    public String getText() {
        return text;
    }
}
