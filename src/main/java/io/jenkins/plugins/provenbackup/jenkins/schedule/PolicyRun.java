package io.jenkins.plugins.provenbackup.jenkins.schedule;

import hudson.Util;
import io.jenkins.plugins.provenbackup.jenkins.results.Report;
import io.jenkins.plugins.provenbackup.jenkins.results.RetentionReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * One run of a policy by itself, as it is kept on disk: what, when, how it ended, and the same reports that a build has. Holds no
 * secret. Changed by the thread that runs it alone; read by any.
 */
@ExportedBean(defaultVisibility = 999)
public final class PolicyRun {

    private final String policy;
    private final int number;
    private final RunKind kind;
    private final RunCause cause;
    /** Absent in records of before it was kept. */
    private final String by;

    private final String runId;
    private final long startMillis;
    private volatile long durationMillis;
    private volatile RunResult result = RunResult.RUNNING;
    private volatile String problem = "";
    /** Never changed, only replaced: another thread may be reading. */
    private volatile List<Report> reports = new ArrayList<>();

    private volatile List<RetentionReport> retention = new ArrayList<>();
    private volatile int drill;

    PolicyRun(String policy, int number, RunKind kind, RunCause cause, String by, String runId, Instant start) {
        this.policy = policy;
        this.number = number;
        this.kind = kind;
        this.cause = cause;
        this.by = by;
        this.runId = runId;
        this.startMillis = start.toEpochMilli();
    }

    /** The policy's name. */
    @Exported
    public String getPolicy() {
        return policy;
    }

    /** Counts the runs of the policy, from 1. */
    @Exported
    public int getNumber() {
        return number;
    }

    /** What it does. */
    @Exported
    public RunKind getKind() {
        return kind;
    }

    /** Why it began. */
    @Exported
    public RunCause getCause() {
        return cause;
    }

    /** The id of the user who asked for it; empty when nobody did, or it is not known. */
    @Exported
    public String getBy() {
        return Util.fixNull(by);
    }

    /** Why it began, and who asked for it, for people. */
    public String getReason() {
        return cause == RunCause.USER && !getBy().isEmpty() ? Messages.PolicyRun_by(getBy()) : cause.getDisplayName();
    }

    /** When it began, in milliseconds since 1970. */
    @Exported
    public long getStartMillis() {
        return startMillis;
    }

    /** The same for pages. */
    @SuppressWarnings("JavaUtilDate") // what Jelly can format
    public Date getStart() {
        return new Date(startMillis);
    }

    /** How long it took, or takes until now. */
    @Exported
    public long getDurationMillis() {
        return isRunning() ? Math.max(0, System.currentTimeMillis() - startMillis) : durationMillis;
    }

    /** How it stands, or ended. */
    @Exported
    public RunResult getResult() {
        return result;
    }

    /** Whether it goes on. */
    public boolean isRunning() {
        return result == RunResult.RUNNING;
    }

    /** What went wrong first, in a sentence; empty for nothing. */
    @Exported
    public String getProblem() {
        return problem;
    }

    /** One for each source, in the order in which they ended: what a build's page shows, too. */
    @Exported
    public List<Report> getReports() {
        return new ArrayList<>(reports);
    }

    /** What the retention of the policy did, by destination; empty when there was none. */
    @Exported
    public List<RetentionReport> getRetention() {
        return new ArrayList<>(retention);
    }

    /** The number of the drill whose report it wrote; 0 for none. */
    @Exported
    public int getDrill() {
        return drill;
    }

    /** Where its page is, below Jenkins' own address and without a slash before it. */
    @Exported
    public String getUrl() {
        return RunsPage.URL + "/policy/" + Util.rawEncode(policy) + "/" + number + "/";
    }

    /** What snapshots and records of tests say of who made them. */
    String getAuthor() {
        return "schedule:" + policy + "#" + number;
    }

    /** Random, for the engine. */
    String runId() {
        return runId;
    }

    void add(Report report) {
        List<Report> more = new ArrayList<>(reports);
        more.add(report);
        reports = more;
    }

    void retained(List<RetentionReport> places) {
        retention = new ArrayList<>(places);
    }

    void drilled(int number) {
        drill = number;
    }

    /** It is over. */
    void end(RunResult how, String why, Instant now) {
        durationMillis = Math.max(
                0, Duration.between(Instant.ofEpochMilli(startMillis), now).toMillis());
        problem = why;
        result = how;
    }

    @Override
    public String toString() {
        return policy + "#" + number;
    }
}
