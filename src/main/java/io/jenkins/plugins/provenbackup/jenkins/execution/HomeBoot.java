package io.jenkins.plugins.provenbackup.jenkins.execution;

import io.jenkins.plugins.provenbackup.engine.Amounts;
import io.jenkins.plugins.provenbackup.jenkins.home.BootReport;
import io.jenkins.plugins.provenbackup.jenkins.home.BootTest;
import io.jenkins.plugins.provenbackup.jenkins.home.ControllerHome;
import io.jenkins.plugins.provenbackup.jenkins.results.CheckReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The check that a restored JENKINS_HOME boots, told in the build's log. */
final class HomeBoot {

    private static final String NAME = "boot";
    private static final int SHOWN = 5;

    private HomeBoot() {}

    /** Boots it; that it could not be tried is a failure, too. */
    static CheckReport check(RestoredTree tree, BuildLog log) throws InterruptedException {
        log.line("booting the restored home, where it reaches nothing");
        long begin = System.nanoTime();
        try {
            BootReport report = BootTest.run(ControllerHome.boot(Path.of(tree.tree()), Path.of(tree.scratch())));
            long millis = millisSince(begin);
            if (!report.getVersion().isEmpty()) {
                log.line("Jenkins " + report.getVersion() + " was ready after "
                        + Amounts.duration(Duration.ofMillis(report.getReadyMillis())) + ": "
                        + report.getJobs().size() + " jobs and folders, " + report.getBuilds() + " builds looked at, "
                        + report.getPlugins().size() + " plugins"
                        + (report.isIsolated() ? "" : "; it was not cut off from the network"));
            }
            List<String> problems = report.getProblems();
            problems.stream().limit(SHOWN).forEach(problem -> log.line("boot: " + problem));
            return report.isPassed()
                    ? CheckReport.passed(NAME, millis)
                    : CheckReport.failed(
                            NAME,
                            millis,
                            problems.get(0) + (problems.size() > 1 ? " (and " + (problems.size() - 1) + " more)" : ""));
        } catch (IOException e) {
            log.line("boot: " + e.getMessage());
            return CheckReport.failed(NAME, millisSince(begin), String.valueOf(e.getMessage()));
        }
    }

    private static long millisSince(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin).toMillis();
    }
}
