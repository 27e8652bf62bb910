package io.jenkins.plugins.provenbackup.jenkins.execution;

import io.jenkins.plugins.provenbackup.engine.Amounts;
import io.jenkins.plugins.provenbackup.jenkins.results.BackupReport;
import io.jenkins.plugins.provenbackup.jenkins.results.RecoveryTestReport;
import io.jenkins.plugins.provenbackup.jenkins.results.RestoreReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Why a report is not all that was asked for, in one sentence; empty when it is. */
public final class Verdict {

    private Verdict() {}

    public static Optional<String> of(BackupReport report) {
        List<String> reasons = new ArrayList<>();
        if (report.getUnreadable() > 0) {
            reasons.add(Amounts.count(report.getUnreadable()) + (report.getUnreadable() == 1 ? " entry" : " entries")
                    + " could not be read");
        }
        if (!report.isDryRun() && report.getCopies() < report.getMinCopies()) {
            reasons.add(report.getCopies() + " of " + report.getMinCopies() + " copies that were asked for exist");
        }
        if (!report.isComplete() && reasons.isEmpty()) {
            reasons.add("a destination lags, or did not make the snapshot immutable");
        }
        return sentence("The backup of " + report.getSource() + " is incomplete: ", reasons);
    }

    public static Optional<String> of(RestoreReport report) {
        return report.isComplete()
                ? Optional.empty()
                : Optional.of("The restore is incomplete: " + Amounts.count(report.getFailureCount())
                        + (report.getFailureCount() == 1 ? " entry" : " entries") + " could not be restored.");
    }

    public static Optional<String> of(RecoveryTestReport report) {
        List<String> reasons = new ArrayList<>();
        if (!report.isPassed()) {
            reasons.add(Amounts.count(report.getErrors(), "error"));
        }
        if (!report.isRpoMet()) {
            reasons.add("the newest recovery point is " + duration(report.getRpoMillis()) + " old, and may be "
                    + duration(report.getRpoObjectiveMillis()));
        }
        if (!report.isRtoMet()) {
            reasons.add("the restore took " + duration(report.getRtoMillis()) + ", and may take "
                    + duration(report.getRtoObjectiveMillis()));
        }
        if (!report.isComplete() && reasons.isEmpty()) {
            reasons.add("its result is not kept everywhere, or the restored tree could not be deleted");
        }
        return sentence("The recovery test of " + report.getSource() + " failed: ", reasons);
    }

    private static Optional<String> sentence(String begin, List<String> reasons) {
        return reasons.isEmpty() ? Optional.empty() : Optional.of(begin + String.join("; ", reasons) + ".");
    }

    private static String duration(long millis) {
        return Amounts.duration(Duration.ofMillis(millis));
    }
}
