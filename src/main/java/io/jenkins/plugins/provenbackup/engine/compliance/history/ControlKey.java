package io.jenkins.plugins.provenbackup.engine.compliance.history;

import io.jenkins.plugins.provenbackup.engine.policy.Control;
import java.util.Comparator;
import java.util.Locale;

/**
 * Which promise, over time.
 *
 * @param kind of the promise
 * @param subject the source or the destination that it is about; empty for all
 */
public record ControlKey(Control.Kind kind, String subject) implements Comparable<ControlKey> {

    private static final Comparator<ControlKey> ORDER =
            Comparator.comparing(ControlKey::kind).thenComparing(ControlKey::subject);

    /** Of a control. */
    public static ControlKey of(Control control) {
        return new ControlKey(control.kind(), control.subject().orElse(""));
    }

    /**
     * From its {@link #text}.
     *
     * @throws IllegalArgumentException when there is no such kind
     */
    public static ControlKey parse(String text) {
        int slash = text.indexOf('/');
        String kind = slash < 0 ? text : text.substring(0, slash);
        return new ControlKey(
                Control.Kind.valueOf(kind.toUpperCase(Locale.ROOT).replace('-', '_')),
                slash < 0 ? "" : text.substring(slash + 1));
    }

    /** Like {@code recovery-test/shop-db}, or {@code drift}. */
    public String text() {
        String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return subject.isEmpty() ? name : name + "/" + subject;
    }

    /** For people. */
    public String label() {
        return subject.isEmpty() ? kind.label() : kind.label() + " of " + subject;
    }

    @Override
    public int compareTo(ControlKey other) {
        return ORDER.compare(this, other);
    }
}
