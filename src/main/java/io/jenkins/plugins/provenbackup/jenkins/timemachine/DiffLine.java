package io.jenkins.plugins.provenbackup.jenkins.timemachine;

/** A line of a comparison, as a page shows it. Immutable. */
public final class DiffLine {

    private final String style;
    private final String mark;
    private final int before;
    private final int after;
    private final String text;

    private DiffLine(String style, String mark, int before, int after, String text) {
        this.style = style;
        this.mark = mark;
        this.before = before;
        this.after = after;
        this.text = text;
    }

    static DiffLine common(int before, int after, String text) {
        return new DiffLine("common", " ", before, after, text);
    }

    static DiffLine removed(int before, String text) {
        return new DiffLine("removed", "-", before, 0, text);
    }

    static DiffLine added(int after, String text) {
        return new DiffLine("added", "+", 0, after, text);
    }

    static DiffLine gap() {
        return new DiffLine("gap", "", 0, 0, "...");
    }

    boolean isChange() {
        return style.equals("removed") || style.equals("added");
    }

    /** {@code common}, {@code removed}, {@code added}, or {@code gap} for lines that are left out. */
    public String getStyle() {
        return style;
    }

    /** One character. */
    public String getMark() {
        return mark;
    }

    /** Number in the old text; empty where it is not in there. */
    public String getBefore() {
        return before == 0 ? "" : String.valueOf(before);
    }

    /** Number in the new text; empty where it is not in there. */
    public String getAfter() {
        return after == 0 ? "" : String.valueOf(after);
    }

    public String getText() {
        return text;
    }
}
