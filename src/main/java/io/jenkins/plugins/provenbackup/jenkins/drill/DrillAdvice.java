package io.jenkins.plugins.provenbackup.jenkins.drill;

import io.jenkins.plugins.provenbackup.jenkins.results.CheckReport;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillPlace;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillReport;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillVerdict;
import io.jenkins.plugins.provenbackup.jenkins.results.RecoveryTestReport;
import java.util.ArrayList;
import java.util.List;

/** What to do after a drill that did not pass, in sentences. */
final class DrillAdvice {

    private DrillAdvice() {}

    /** The most important first; none when all is well. */
    static List<String> of(DrillReport report) {
        List<String> advice = new ArrayList<>();
        if (report.getVerdict() == DrillVerdict.PASSED) {
            return advice;
        }
        onDestinations(report, advice);
        boolean isDamaged = false;
        for (RecoveryTestReport test : report.getTests()) {
            long ofChecks =
                    test.getChecks().stream().filter(check -> !check.isPassed()).count();
            isDamaged |= test.getRestoreMillis() > 0 && test.getErrors() > ofChecks;
            test.getChecks().stream()
                    .filter(check -> !check.isPassed())
                    .forEach(check -> advice.add(onCheck(test, check)));
        }
        if (isDamaged) {
            advice.add(
                    0,
                    "What is stored at " + report.getDestination() + " did not come back as it was backed up: run"
                            + " 'verify --repair' of the command line with all destinations, then make a backup.");
        }
        if (!report.isRtoMet()) {
            advice.add("Restores from " + report.getDestination() + " take longer than was promised: give it a faster"
                    + " connection, back up less, or promise what can be kept.");
        }
        if (!report.isRpoMet()) {
            advice.add("The recovery point was older than was promised: back up more often, and see why the last backup"
                    + " failed or lags.");
        }
        if (report.getTests().stream().anyMatch(test -> !test.getLeftover().isEmpty())) {
            advice.add("Delete the restored copy that was left: it holds what the backup's encryption was to hide.");
        }
        if (advice.isEmpty()) {
            advice.add("Mend what is named above; the log of the drill tells more.");
        }
        advice.add("Then run the drill again.");
        return advice;
    }

    private static void onDestinations(DrillReport report, List<String> advice) {
        List<String> silent = report.getPlaces().stream()
                .filter(DrillPlace::isSilent)
                .map(DrillPlace::getName)
                .toList();
        if (!silent.isEmpty()) {
            advice.add("Bring back " + String.join(", ", silent)
                    + ": Test connection under Manage Jenkins, System, Proven Backup tells more. What is gone for good,"
                    + " take out of the policy, and add another destination.");
            List<String> others = report.getPlaces().stream()
                    .filter(place -> !place.isSilent())
                    .map(DrillPlace::getName)
                    .toList();
            if (!others.isEmpty()) {
                advice.add("Until then restore from " + String.join(" or ", others) + ".");
            }
        }
        if (report.getTests().isEmpty()
                && silent.isEmpty()
                && !report.getPlaces().isEmpty()) {
            advice.add("Make a backup by the policy: there is nothing to restore.");
        }
    }

    private static String onCheck(RecoveryTestReport test, CheckReport check) {
        return "The data of " + test.getSource() + " came back, but the check '" + check.getName()
                + "' was not content: read its output in the log of the drill, and mend what it names at the source,"
                + " in the check, or on the machine that runs it.";
    }
}
