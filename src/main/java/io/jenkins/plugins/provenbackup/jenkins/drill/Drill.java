package io.jenkins.plugins.provenbackup.jenkins.drill;

import hudson.model.TaskListener;
import io.jenkins.plugins.provenbackup.engine.Amounts;
import io.jenkins.plugins.provenbackup.engine.Reason;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.JenkinsHomeSource;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicySource;
import io.jenkins.plugins.provenbackup.jenkins.execution.RecoveryTestTask;
import io.jenkins.plugins.provenbackup.jenkins.execution.RestoreParameters;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillReport;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillStep;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillSubject;
import io.jenkins.plugins.provenbackup.jenkins.results.RecoveryTestReport;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/**
 * A recovery drill under way: at its beginning it chooses the worst destination and the recovery points, then whoever runs it makes one
 * recovery test after the other and tells it of each, and at the end it keeps its report. Kept with a paused Pipeline. For one thread at
 * a time.
 */
public final class Drill implements Serializable {

    private static final long serialVersionUID = 1L;

    private final DrillSubject subject;
    private final DrillReport.Found found = new DrillReport.Found();
    private final ArrayList<Waiting> waiting = new ArrayList<>();

    /** A source that is still to be restored. Immutable. */
    private static final class Waiting implements Serializable {

        private static final long serialVersionUID = 1L;

        private final String source;
        private final boolean isHome;
        private final String snapshot;
        private final long takenMillis;

        Waiting(String source, boolean isHome, RecoveryPoint point) {
            this.source = source;
            this.isHome = isHome;
            this.snapshot = point.snapshot();
            this.takenMillis = point.time().toEpochMilli();
        }
    }

    private Drill(DrillSubject subject) {
        this.subject = subject;
    }

    /**
     * Looks at the destinations and chooses. What goes wrong is found, and is no exception.
     *
     * @param by which build or run of the policy, for people
     * @param url where that has its page, below Jenkins' own address and without a slash before it
     */
    public static Drill begin(BackupPolicy policy, String by, String url, TaskListener listener)
            throws InterruptedException {
        Drill drill = new Drill(new DrillSubject(policy.getName(), by, url, System.currentTimeMillis()));
        String problem = "";
        try {
            drill.choose(policy, new DrillLook(policy).run());
        } catch (IOException | IllegalArgumentException e) {
            problem = "What the destinations hold cannot be told: " + Reason.of(e);
            drill.found.problem(problem);
        }
        long millis = System.currentTimeMillis() - drill.subject.startMillis();
        drill.found.add(new DrillStep("look at the destinations", "", drill.subject.startMillis(), millis, problem));
        drill.sayWhatWasChosen(listener);
        return drill;
    }

    private void choose(BackupPolicy policy, DrillFacts.Found seen) {
        WorstDestination.Choice choice = WorstDestination.of(
                seen.places(), seen.points().keySet(), Instant.ofEpochMilli(subject.startMillis()), policy.zone());
        found.choose(choice.name(), choice.reason(), choice.places());
        if (seen.places().stream().allMatch(place -> place.silence().isPresent())) {
            found.problem("No destination answers, so nothing can be restored.");
            return;
        }
        for (PolicySource source : policy.getSources()) {
            String name = source.sourceName(policy);
            RecoveryPoint point = seen.points().get(name);
            if (point == null) {
                found.problem("There is no recovery point of '" + name + "' that is whole at any destination.");
            } else {
                waiting.add(new Waiting(name, source instanceof JenkinsHomeSource, point));
            }
        }
    }

    private void sayWhatWasChosen(TaskListener listener) {
        if (!found.destination().isEmpty()) {
            say(listener, "recovery drill: everything is restored from " + found.destination() + ". " + found.reason());
        }
        found.problems().forEach(problem -> say(listener, "ERROR: " + problem));
    }

    /** Whether a source is still to be restored. */
    public boolean isWaiting() {
        return !waiting.isEmpty();
    }

    /** The source that comes next, as snapshots carry its name. */
    public String source() {
        return waiting.get(0).source;
    }

    /**
     * The recovery test of the source that comes next.
     *
     * @param asked what a step says of objectives and limits
     */
    public RestoreParameters next(RestoreParameters asked) {
        Waiting next = waiting.get(0);
        RestoreParameters wish = new RestoreParameters();
        wish.policy = subject.policy();
        wish.source = next.source;
        wish.snapshot = next.snapshot;
        wish.from = found.destination();
        wish.boot = next.isHome;
        wish.drill = true;
        wish.rpo = asked.rpo;
        wish.rto = asked.rto;
        wish.limitDownload = asked.limitDownload;
        return wish;
    }

    /**
     * That test was made.
     *
     * @param began when it did, in milliseconds since 1970
     * @param proved when what was restored had been compared
     */
    public void tested(RecoveryTestReport report, long began, long proved) {
        waiting.remove(0);
        found.add(report);
        TestSteps.of(report, began, proved, System.currentTimeMillis()).forEach(found::add);
    }

    /** That test could not be made. The result is kept at the destinations as that of a failed one, as far as they answer. */
    public Optional<RecoveryTestReport> broken(RecoveryTestTask task, String problem, long began)
            throws InterruptedException {
        Waiting next = waiting.get(0);
        try {
            RecoveryTestReport report = task.fail(
                    next.snapshot,
                    Instant.ofEpochMilli(next.takenMillis),
                    Instant.ofEpochMilli(began),
                    "The recovery drill could not restore from " + found.destination() + ": " + problem);
            waiting.remove(0);
            found.add(report);
            addBroken(next.source, problem, began);
            return Optional.of(report);
        } catch (IOException | IllegalArgumentException e) {
            broken(problem + " (the result is kept at no destination: " + Reason.of(e) + ")", began);
            return Optional.empty();
        }
    }

    /** That test could not even be prepared. */
    public void broken(String problem, long began) {
        String source = waiting.remove(0).source;
        found.problem("'" + source + "' could not be restored from " + found.destination() + ": " + problem);
        addBroken(source, problem, began);
    }

    private void addBroken(String source, String problem, long began) {
        long millis = System.currentTimeMillis() - began;
        found.add(new DrillStep(TestSteps.RESTORE, source, began, millis, problem));
    }

    /** Ends it, keeps its report and tells how it went. */
    public DrillReport end(TaskListener listener) {
        DrillReport report;
        try {
            report = Drills.get().add(subject, found);
        } catch (IOException e) {
            say(listener, "WARNING: the report of the drill cannot be kept: " + Reason.of(e));
            report = DrillReport.of(subject, found, 0, System.currentTimeMillis());
        }
        say(listener, DrillSentences.result(report));
        say(
                listener,
                "restored in " + duration(report.getRtoMillis())
                        + (report.getRtoObjectiveMillis() == 0
                                ? ""
                                : " (objective " + duration(report.getRtoObjectiveMillis())
                                        + (report.isRtoMet() ? ")" : ", MISSED)"))
                        + ", " + Amounts.count(report.getFiles(), "file") + ", " + Amounts.size(report.getBytes()));
        return report;
    }

    private static String duration(long millis) {
        return Amounts.duration(Duration.ofMillis(millis));
    }

    private static void say(TaskListener listener, String text) {
        listener.getLogger().println("[backup] " + text.replaceAll("\\p{Cntrl}", " "));
    }
}
