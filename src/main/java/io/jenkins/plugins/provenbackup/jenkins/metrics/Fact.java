package io.jenkins.plugins.provenbackup.jenkins.metrics;

/** A number with its name, for people. Immutable. */
public final class Fact {

    private final String label;
    private final String value;
    private final String note;

    Fact(String label, String value) {
        this(label, value, "");
    }

    Fact(String label, String value, String note) {
        this.label = label;
        this.value = value;
        this.note = note;
    }

    /** What it is. */
    public String getLabel() {
        return label;
    }

    /** How much. */
    public String getValue() {
        return value;
    }

    /** What to know about it; empty for nothing. */
    public String getNote() {
        return note;
    }
}
