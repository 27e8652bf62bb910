package io.jenkins.plugins.provenbackup.jenkins.drill;

import io.jenkins.plugins.provenbackup.engine.Amounts;
import io.jenkins.plugins.provenbackup.engine.policy.Elapsed;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillReport;
import java.time.Duration;
import java.util.Date;

/** A drill, as pages list it. Immutable. */
public final class DrillRow {

    private final DrillReport report;

    public DrillRow(DrillReport report) {
        this.report = report;
    }

    /** By which it is called. */
    public int getNumber() {
        return report.getNumber();
    }

    /** Its report, below Jenkins' own address. */
    public String getUrl() {
        return Drills.urlOf(report);
    }

    /** When it began. */
    @SuppressWarnings("JavaUtilDate") // what Jelly can format
    public Date getTime() {
        return new Date(report.getStartMillis());
    }

    /** The destination that everything was restored from. */
    public String getDestination() {
        return report.getDestination();
    }

    /** The name of Jenkins' symbol. */
    public String getIcon() {
        return switch (report.getVerdict()) {
            case PASSED -> "symbol-status-blue";
            case MISSED -> "symbol-status-yellow";
            case FAILED -> "symbol-status-red";
        };
    }

    /** For names of style classes: {@code good}, {@code warning} or {@code bad}. */
    public String getStyle() {
        return switch (report.getVerdict()) {
            case PASSED -> "good";
            case MISSED -> "warning";
            case FAILED -> "bad";
        };
    }

    /** How it ended, in a word or two. */
    public String getWord() {
        return switch (report.getVerdict()) {
            case PASSED -> Messages.DrillRow_passed();
            case MISSED -> Messages.DrillRow_missed();
            case FAILED -> Messages.DrillRow_failed();
        };
    }

    /** How long the restores took. */
    public String getRecoveryTime() {
        return DrillComparison.isRestored(report) ? text(report.getRtoMillis()) : "–";
    }

    /** How long all of it took. */
    public String getDuration() {
        return text(report.getDurationMillis());
    }

    /** What came back. */
    public String getBytes() {
        return Amounts.size(report.getBytes());
    }

    private static String text(long millis) {
        return Elapsed.text(Duration.ofMillis(millis));
    }
}
