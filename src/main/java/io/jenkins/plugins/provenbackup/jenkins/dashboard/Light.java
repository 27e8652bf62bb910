package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import io.jenkins.plugins.provenbackup.engine.policy.Control;
import java.util.Locale;

/** What to think of a promise at a glance: colour and icon, beside the words. */
public enum Light {
    GOOD("symbol-status-blue"),
    UNKNOWN("symbol-status-yellow"),
    BAD("symbol-status-red");

    private final String icon;

    Light(String icon) {
        this.icon = icon;
    }

    static Light of(Control.Verdict verdict) {
        return switch (verdict) {
            case MET -> GOOD;
            case UNKNOWN -> UNKNOWN;
            case MISSED -> BAD;
        };
    }

    /** The name of Jenkins' symbol. */
    public String getIcon() {
        return icon;
    }

    /** For names of style classes. */
    public String getStyle() {
        return this == UNKNOWN ? "warning" : name().toLowerCase(Locale.ROOT);
    }

    /** In a word. */
    public String getWord() {
        return switch (this) {
            case GOOD -> Messages.Light_good();
            case UNKNOWN -> Messages.Light_unknown();
            case BAD -> Messages.Light_bad();
        };
    }
}
