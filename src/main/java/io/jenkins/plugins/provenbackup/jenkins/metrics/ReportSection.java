package io.jenkins.plugins.provenbackup.jenkins.metrics;

import io.jenkins.plugins.provenbackup.engine.charts.Chart;
import io.jenkins.plugins.provenbackup.engine.charts.ChartWords;
import io.jenkins.plugins.provenbackup.engine.charts.Unit;
import io.jenkins.plugins.provenbackup.jenkins.results.CatchUpReport;
import io.jenkins.plugins.provenbackup.jenkins.results.CheckReport;
import io.jenkins.plugins.provenbackup.jenkins.results.DestinationReport;
import io.jenkins.plugins.provenbackup.jenkins.results.Report;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/** One report as the page shows it: figures in front, charts, then everything in tables. Made and used by one thread. */
public final class ReportSection {

    private final Report report;
    private final String anchor;
    private final String title;
    private final List<Fact> tiles = new ArrayList<>();
    private final List<Fact> facts = new ArrayList<>();
    private final List<String> charts = new ArrayList<>();
    private final List<DestinationReport> destinations = new ArrayList<>();
    private final List<DestinationReport> recordedAt = new ArrayList<>();
    private final List<CatchUpReport> caughtUp = new ArrayList<>();
    private final List<CheckReport> checks = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    ReportSection(Report report, String anchor, String title) {
        this.report = report;
        this.anchor = anchor;
        this.title = title;
    }

    void tile(String label, String value) {
        tiles.add(new Fact(label, value));
    }

    void tile(String label, String value, String note) {
        tiles.add(new Fact(label, value, note));
    }

    void fact(String label, String value) {
        facts.add(new Fact(label, value));
    }

    void fact(String label, String value, String note) {
        facts.add(new Fact(label, value, note));
    }

    void chart(Chart chart) {
        charts.add(chart.figure(anchor + "-chart-" + (charts.size() + 1), words()));
    }

    void destinations(List<DestinationReport> all) {
        destinations.addAll(all);
    }

    void recordedAt(List<DestinationReport> all) {
        recordedAt.addAll(all);
    }

    void caughtUp(List<CatchUpReport> all) {
        caughtUp.addAll(all);
    }

    void checks(List<CheckReport> all) {
        checks.addAll(all);
    }

    /** The first of so many messages about what is wrong. */
    void problems(List<String> first, long count) {
        problems.addAll(first);
        if (count > first.size()) {
            problems.add(Messages.ReportSection_More(count - first.size()));
        }
    }

    void notes(List<String> all) {
        notes.addAll(all);
    }

    static ChartWords words() {
        return new ChartWords(Messages.Charts_Numbers(), Messages.Charts_None());
    }

    /** The fragment of the section's address. */
    public String getAnchor() {
        return anchor;
    }

    /** What it is about. */
    public String getTitle() {
        return title;
    }

    /** When the operation began. */
    @SuppressWarnings("JavaUtilDate") // what Jelly can format
    public Date getStart() {
        return new Date(report.getStartMillis());
    }

    /** The report itself. */
    public Report getReport() {
        return report;
    }

    /** How it ended, in a word. */
    public String getState() {
        return ReportRow.state(report);
    }

    /** How well that is. */
    public Verdict getVerdict() {
        return Verdict.on(report);
    }

    /** What most want to know. */
    public List<Fact> getTiles() {
        return tiles;
    }

    /** All the rest. */
    public List<Fact> getFacts() {
        return facts;
    }

    /** Figures in HTML, safe as they are. */
    public List<String> getCharts() {
        return charts;
    }

    /** How destinations fared. */
    public List<DestinationReport> getDestinations() {
        return destinations;
    }

    /** Where the result of a recovery test is kept, and where not. */
    public List<DestinationReport> getRecordedAt() {
        return recordedAt;
    }

    /** Destinations that got earlier snapshots. */
    public List<CatchUpReport> getCaughtUp() {
        return caughtUp;
    }

    /** What was tried in a restored tree. */
    public List<CheckReport> getChecks() {
        return checks;
    }

    /** What is missing or wrong, in sentences. */
    public List<String> getProblems() {
        return problems;
    }

    /** What is worth knowing, in sentences. */
    public List<String> getNotes() {
        return notes;
    }

    /** A destination's state for people. */
    public String stateOf(String state) {
        return Figures.state(state);
    }

    /** An amount for people; JEXL would take {@code size} for its own function. */
    public String amount(long bytes) {
        return Unit.BYTES.text(bytes);
    }

    /** A time for people. */
    public String duration(long millis) {
        return Unit.MILLISECONDS.text(millis);
    }
}
