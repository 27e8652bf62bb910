package io.jenkins.plugins.provenbackup.jenkins.metrics;

import io.jenkins.plugins.provenbackup.jenkins.results.BackupReport;
import io.jenkins.plugins.provenbackup.jenkins.results.RecoveryTestReport;
import io.jenkins.plugins.provenbackup.jenkins.results.Report;
import java.util.Locale;

/** What to think of a report at a glance: colour and icon, beside the words. */
public enum Verdict {
    GOOD("symbol-status-blue"),
    WARNING("symbol-status-yellow"),
    BAD("symbol-status-red");

    private final String icon;

    Verdict(String icon) {
        this.icon = icon;
    }

    /** On one report. */
    public static Verdict on(Report report) {
        if (report instanceof RecoveryTestReport test) {
            if (!test.isPassed()) {
                return BAD;
            }
            return test.isComplete() && test.isRtoMet() && test.isRpoMet() ? GOOD : WARNING;
        }
        if (report.isComplete()) {
            return GOOD;
        }
        return report instanceof BackupReport backup && backup.getCopies() > 0 ? WARNING : BAD;
    }

    Verdict or(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** The name of Jenkins' symbol. */
    public String getIcon() {
        return icon;
    }

    /** For names of style classes. */
    public String getStyle() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Jenkins' own name of the colour. */
    public String getColor() {
        return switch (this) {
            case GOOD -> "success";
            case WARNING -> "warning";
            case BAD -> "error";
        };
    }
}
