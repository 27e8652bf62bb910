package io.jenkins.plugins.provenbackup.jenkins.drill;

import io.jenkins.plugins.provenbackup.jenkins.results.CheckReport;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillStep;
import io.jenkins.plugins.provenbackup.jenkins.results.RecoveryTestReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was done in a recovery test, one after the other. */
final class TestSteps {

    static final String RESTORE = "restore";

    private static final String PREPARE = "open keys and snapshot";
    private static final String COMPARE = "compare every byte";
    private static final String CHECK = "check: ";
    private static final String KEEP = "delete the copy, keep the result";

    /** How the problems of a test's report name the check that found them. */
    private static final String OF_CHECK = "check '";

    private TestSteps() {}

    /** Whether what was restored was compared, which small trees are in no time at all. */
    static boolean isCompared(RecoveryTestReport report) {
        return report.getComparisonMillis() > 0 || problem(report).isEmpty();
    }

    /** The first that no check found. */
    private static Optional<String> problem(RecoveryTestReport report) {
        return report.getProblems().stream()
                .filter(one -> !one.startsWith(OF_CHECK))
                .findFirst();
    }

    /**
     * Lists them. The comparison ends where {@code proved} says, and what is before and after it follows without a gap.
     *
     * @param began when the test did, in milliseconds since 1970
     * @param proved when what was restored had been compared
     * @param ended when its result was kept
     */
    static List<DrillStep> of(RecoveryTestReport report, long began, long proved, long ended) {
        String source = report.getSource();
        String problem = problem(report).orElse("");
        boolean isCompared = isCompared(report);
        long compared = Math.max(began, proved - report.getComparisonMillis());
        long restored = Math.max(began, compared - report.getRestoreMillis());
        List<DrillStep> steps = new ArrayList<>();
        steps.add(new DrillStep(PREPARE, source, began, restored - began, ""));
        steps.add(new DrillStep(RESTORE, source, restored, report.getRestoreMillis(), isCompared ? "" : problem));
        if (isCompared) {
            steps.add(new DrillStep(COMPARE, source, compared, report.getComparisonMillis(), problem));
        }
        long at = proved;
        for (CheckReport check : report.getChecks()) {
            steps.add(new DrillStep(CHECK + check.getName(), source, at, check.getMillis(), check.getProblem()));
            at += check.getMillis();
        }
        steps.add(new DrillStep(KEEP, source, at, ended - at, report.getLeftover()));
        return steps;
    }
}
