package io.jenkins.plugins.provenbackup.jenkins.drill;

import io.jenkins.plugins.provenbackup.engine.Amounts;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillReport;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillVerdict;
import io.jenkins.plugins.provenbackup.jenkins.results.RecoveryTestReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A drill's result in sentences. */
public final class DrillSentences {

    private DrillSentences() {}

    /** How it went, in one. */
    public static String result(DrillReport report) {
        return reason(report)
                .orElseGet(() -> "The recovery drill of " + report.getPolicy() + " passed: everything came back from "
                        + report.getDestination() + ".");
    }

    /** Why it did not pass, in one; empty when it did. */
    public static Optional<String> reason(DrillReport report) {
        if (report.getVerdict() == DrillVerdict.PASSED) {
            return Optional.empty();
        }
        List<String> reasons = new ArrayList<>(report.getProblems());
        for (RecoveryTestReport test : report.getTests()) {
            if (!test.isPassed()) {
                reasons.add(test.getSource() + ": "
                        + test.getProblems().stream().findFirst().orElse(Amounts.count(test.getErrors(), "error")));
            }
        }
        boolean isFailed = report.getVerdict() == DrillVerdict.FAILED;
        if (!isFailed || reasons.isEmpty()) {
            reasons.addAll(missed(report));
        }
        return Optional.of("The recovery drill of " + report.getPolicy()
                + (isFailed ? " failed: " : " brought everything back, but ") + sentence(reasons));
    }

    private static List<String> missed(DrillReport report) {
        List<String> missed = new ArrayList<>();
        if (!report.isRtoMet()) {
            missed.add("it took " + duration(report.getRtoMillis()) + ", and may take "
                    + duration(report.getRtoObjectiveMillis()));
        }
        if (!report.isRpoMet()) {
            missed.add("the recovery point is " + duration(report.getRpoMillis()) + " old, and may be "
                    + duration(report.getRpoObjectiveMillis()));
        }
        if (missed.isEmpty()) {
            missed.add("its result is not kept everywhere, or a restored copy could not be deleted");
        }
        return missed;
    }

    private static String sentence(List<String> reasons) {
        String text =
                String.join("; ", reasons.stream().map(DrillSentences::bare).toList());
        return text + ".";
    }

    private static String bare(String reason) {
        return reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
    }

    private static String duration(long millis) {
        return Amounts.duration(Duration.ofMillis(millis));
    }
}
