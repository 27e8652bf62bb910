package io.jenkins.plugins.provenbackup.engine.charts;

import java.util.Locale;

/** Colours by what they mean; {@code charts.css} has them. None is the only sign of anything. */
public enum Tone {
    FIRST,
    SECOND,
    THIRD,
    GOOD,
    BAD;

    String cssClass() {
        return "pb-tone-" + name().toLowerCase(Locale.ROOT);
    }
}
