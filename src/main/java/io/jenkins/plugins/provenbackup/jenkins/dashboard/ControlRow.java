package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import io.jenkins.plugins.provenbackup.engine.policy.Control;

/** A promise, as a page shows it. Immutable. */
public final class ControlRow {

    private final String label;
    private final String subject;
    private final String objective;
    private final String actual;
    private final Light light;
    private final String advice;

    ControlRow(Control control) {
        this.label = control.kind().label();
        this.subject = control.subject().orElse("");
        this.objective = control.objective();
        this.actual = control.actual();
        this.light = Light.of(control.verdict());
        this.advice = light == Light.GOOD ? "" : Advice.on(control);
    }

    /** Which promise. */
    public String getLabel() {
        return label;
    }

    /** The source or destination; may be empty. */
    public String getSubject() {
        return subject;
    }

    /** What was promised. */
    public String getObjective() {
        return objective;
    }

    /** What was found. */
    public String getActual() {
        return actual;
    }

    /** What to think of it. */
    public Light getLight() {
        return light;
    }

    /** What to do; empty for nothing. */
    public String getAdvice() {
        return advice;
    }

    /** In a line: what is wrong. */
    public String getReason() {
        return label + (subject.isEmpty() ? "" : " (" + subject + ")") + ": " + actual;
    }
}
