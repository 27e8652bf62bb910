package io.jenkins.plugins.provenbackup.jenkins.results;

import io.jenkins.plugins.provenbackup.engine.recovery.RecoveryTestResult;
import io.jenkins.plugins.provenbackup.engine.repository.TestRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What a recovery test found, in the numbers of the command line, against the objectives. Immutable. */
@ExportedBean(defaultVisibility = 999)
public final class RecoveryTestReport extends Report {

    private static final long serialVersionUID = 1L;

    private final String by;
    private final List<String> from;
    private final long files;
    private final long bytes;
    private final long restoreMillis;
    private final long comparisonMillis;
    private final List<CheckReport> checks;
    private final long errors;
    private final List<String> problems;
    private final Map<String, Long> limitations;
    private final List<String> failovers;
    private final List<DestinationReport> destinations;
    private final long rpoMillis;
    private final long rpoObjectiveMillis;
    private final long rtoObjectiveMillis;
    private final String leftover;

    private RecoveryTestReport(
            ReportSubject subject,
            RecoveryTestResult result,
            List<CheckReport> checks,
            Objectives objectives,
            RunTimes times,
            Duration duration) {
        super(subject, result.record().snapshot().hex(), times, duration);
        TestRecord record = result.record();
        this.by = record.by();
        this.from = new ArrayList<>(record.from().stream().map(subject::nameOf).toList());
        this.files = record.files();
        this.bytes = record.bytes();
        this.restoreMillis = record.restore().toMillis();
        this.comparisonMillis = record.comparison().toMillis();
        this.checks = new ArrayList<>(checks);
        this.errors = record.errors();
        this.problems = firstOf(record.problems());
        this.limitations = new TreeMap<>();
        result.limitations().forEach((limitation, count) -> limitations.put(limitation.name(), count));
        this.failovers = firstOf(result.failovers());
        this.destinations = new ArrayList<>();
        result.recorded().forEach(location -> destinations.add(DestinationReport.ofRecord(location, "", subject)));
        result.unrecorded()
                .forEach((location, reason) -> destinations.add(DestinationReport.ofRecord(location, reason, subject)));
        this.rpoMillis = objectives.rpoMillis();
        this.rpoObjectiveMillis = objectives.rpoObjectiveMillis();
        this.rtoObjectiveMillis = objectives.rtoObjectiveMillis();
        this.leftover = result.leftover().orElse("");
    }

    /**
     * Makes the report of a recovery test.
     *
     * @param checks those of the record, with what was wrong
     * @param duration of the whole test, checks included
     */
    public static RecoveryTestReport of(
            ReportSubject subject,
            RecoveryTestResult result,
            List<CheckReport> checks,
            Objectives objectives,
            RunTimes times,
            Duration duration) {
        return new RecoveryTestReport(subject, result, checks, objectives, times, duration);
    }

    /** Who tested, as user@host. */
    @Exported
    @Whitelisted
    public String getBy() {
        return by;
    }

    /** Names of the destinations that were read, the preferred one first. */
    @Exported
    @Whitelisted
    public List<String> getFrom() {
        return new ArrayList<>(from);
    }

    /** Files that came back. */
    @Exported
    @Whitelisted
    public long getFiles() {
        return files;
    }

    /** Bytes of content that came back. */
    @Exported
    @Whitelisted
    public long getBytes() {
        return bytes;
    }

    /** How long the restore took: the recovery time that was measured. */
    @Exported
    @Whitelisted
    public long getRestoreMillis() {
        return restoreMillis;
    }

    /** The same as {@link #getRestoreMillis}, under the name that objectives have. */
    @Exported
    @Whitelisted
    public long getRtoMillis() {
        return restoreMillis;
    }

    /** How long it took to compare every byte with the catalog; 0 when it was not compared. */
    @Exported
    @Whitelisted
    public long getComparisonMillis() {
        return comparisonMillis;
    }

    /** The body of the step and other checks. */
    @Exported
    @Whitelisted
    public List<CheckReport> getChecks() {
        return new ArrayList<>(checks);
    }

    /** Entries that did not come back as they were, and checks that failed; 0 is a test that passed. */
    @Exported
    @Whitelisted
    public long getErrors() {
        return errors;
    }

    /** The first of them, for people. */
    @Exported
    @Whitelisted
    public List<String> getProblems() {
        return new ArrayList<>(problems);
    }

    /** What could not be restored exactly here, counted by kind; no errors of the backup. */
    @Exported
    @Whitelisted
    public Map<String, Long> getLimitations() {
        return new TreeMap<>(limitations);
    }

    /** Archives that a destination did not give intact, though another did. */
    @Exported
    @Whitelisted
    public List<String> getFailovers() {
        return new ArrayList<>(failovers);
    }

    /** Where the result is kept, and where not and why. */
    @Exported
    @Whitelisted
    public List<DestinationReport> getDestinations() {
        return new ArrayList<>(destinations);
    }

    /** How old the recovery point was when it was tested. */
    @Exported
    @Whitelisted
    public long getRpoMillis() {
        return rpoMillis;
    }

    /** How old it may be; 0 for no objective. */
    @Exported
    @Whitelisted
    public long getRpoObjectiveMillis() {
        return rpoObjectiveMillis;
    }

    /** How long the restore may take; 0 for no objective. */
    @Exported
    @Whitelisted
    public long getRtoObjectiveMillis() {
        return rtoObjectiveMillis;
    }

    /** Whether everything came back and every check was content. */
    @Exported
    @Whitelisted
    public boolean isPassed() {
        return errors == 0;
    }

    /** Whether the recovery point is young enough, or need not be. */
    @Exported
    @Whitelisted
    public boolean isRpoMet() {
        return rpoObjectiveMillis == 0 || rpoMillis <= rpoObjectiveMillis;
    }

    /** Whether the restore was quick enough, or need not be. */
    @Exported
    @Whitelisted
    public boolean isRtoMet() {
        return rtoObjectiveMillis == 0 || restoreMillis <= rtoObjectiveMillis;
    }

    /** Why the scratch directory could not be deleted; empty when it could. */
    @Exported
    @Whitelisted
    public String getLeftover() {
        return leftover;
    }

    @Override
    public boolean isComplete() {
        return isPassed()
                && leftover.isEmpty()
                && destinations.stream().allMatch(one -> one.getReason().isEmpty());
    }

    /** Bytes restored per second of the restore alone. */
    @Override
    public long getBytesPerSecond() {
        return perSecond(bytes, restoreMillis);
    }

    @Override
    public String toString() {
        return "recovery test of " + getId() + ": " + (isPassed() ? "passed" : "failed");
    }
}
