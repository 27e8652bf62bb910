package io.jenkins.plugins.provenbackup.jenkins.drill;

import io.jenkins.plugins.provenbackup.engine.Amounts;
import io.jenkins.plugins.provenbackup.engine.policy.Elapsed;
import io.jenkins.plugins.provenbackup.engine.policy.runbook.Block;
import io.jenkins.plugins.provenbackup.engine.policy.runbook.Document;
import io.jenkins.plugins.provenbackup.engine.policy.runbook.Phrase;
import io.jenkins.plugins.provenbackup.jenkins.results.CheckReport;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillPlace;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillReport;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillStep;
import io.jenkins.plugins.provenbackup.jenkins.results.RecoveryTestReport;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report of a recovery drill in words. A pure function. */
public final class DrillText {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm z", Locale.ROOT);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final int BRIEF = 8;

    private final DrillReport report;
    private final List<DrillReport> earlier;
    private final ZoneId zone;
    private final List<Block> blocks = new ArrayList<>();

    /**
     * Of a report.
     *
     * @param earlier drills of the same policy to compare with, the newest first
     * @param zone in which times are written
     */
    public DrillText(DrillReport report, List<DrillReport> earlier, ZoneId zone) {
        this.report = report;
        this.earlier = List.copyOf(earlier);
        this.zone = zone;
    }

    /** To be written as HTML or Markdown. */
    public Document document() {
        blocks.clear();
        summary();
        blocks.add(new Block.Heading(2, "Measured"));
        measured();
        blocks.add(new Block.Heading(2, "What came back"));
        sources();
        problems();
        blocks.add(new Block.Heading(2, "Checks"));
        checks();
        blocks.add(new Block.Heading(2, "Compared with the last drills"));
        blocks.addAll(new DrillComparison(report, earlier, this::time).blocks());
        blocks.add(new Block.Heading(2, "Step by step"));
        steps();
        blocks.add(new Block.Heading(2, "Destinations before the drill"));
        places();
        return new Document("Recovery drill #" + report.getNumber() + ": " + report.getPolicy(), blocks);
    }

    private void summary() {
        blocks.add(new Block.Paragraph(Phrase.of(DrillSentences.result(report))));
        List<Phrase> items = new ArrayList<>();
        items.add(Phrase.of("When: " + time(report.getStartMillis()) + ", for " + text(report.getDurationMillis())));
        items.add(Phrase.of("By: ").code(report.getBy()));
        if (!report.getDestination().isEmpty()) {
            items.add(Phrase.of("Worst destination: ")
                    .code(report.getDestination())
                    .text(". " + report.getReason()));
        }
        blocks.add(new Block.Items(items));
    }

    private void measured() {
        boolean isAny = DrillComparison.isRestored(report);
        blocks.add(new Block.Table(
                List.of("what", "measured", "objective", "verdict"),
                List.of(
                        row(
                                "recovery time (RTO)",
                                isAny ? text(report.getRtoMillis()) : "nothing was restored",
                                report.getRtoObjectiveMillis(),
                                isAny && report.isRtoMet()),
                        row(
                                "age of the recovery point (RPO)",
                                report.getTests().isEmpty() ? "not known" : text(report.getRpoMillis()),
                                report.getRpoObjectiveMillis(),
                                !report.getTests().isEmpty() && report.isRpoMet()),
                        List.of(
                                Phrase.of("restored"),
                                Phrase.of(Amounts.count(report.getFiles(), "file") + ", "
                                        + Amounts.size(report.getBytes()) + (isAny ? ", " + rate(report) : "")),
                                Phrase.of("everything"),
                                Phrase.of(report.isPassed() ? "passed" : "failed")))));
    }

    private static String rate(DrillReport report) {
        return Amounts.size(report.getBytesPerSecond()) + " a second";
    }

    private static List<Phrase> row(String what, String measured, long objective, boolean isMet) {
        return List.of(
                Phrase.of(what),
                Phrase.of(measured),
                Phrase.of(objective == 0 ? "none" : "at most " + text(objective)),
                Phrase.of(objective == 0 ? "–" : isMet ? "met" : "missed"));
    }

    private void sources() {
        if (report.getTests().isEmpty()) {
            blocks.add(new Block.Paragraph(Phrase.of("Nothing.")));
            return;
        }
        blocks.add(new Block.Table(
                List.of("source", "recovery point", "files", "bytes", "restored in", "compared in", "verdict"),
                report.getTests().stream().map(this::source).toList()));
        List<Phrase> inexact = new ArrayList<>();
        report.getTests()
                .forEach(test -> test.getLimitations()
                        .forEach((kind, count) -> inexact.add(Phrase.of("Not restored exactly of " + test.getSource()
                                + ": " + kind.toLowerCase(Locale.ROOT) + " × " + Amounts.count(count)))));
        if (!inexact.isEmpty()) {
            blocks.add(new Block.Items(inexact));
        }
    }

    private List<Phrase> source(RecoveryTestReport test) {
        return List.of(
                Phrase.ofCode(test.getSource()),
                Phrase.ofCode(test.getId()
                                .substring(0, Math.min(BRIEF, test.getId().length())))
                        .text(", " + time(test.getStartMillis() - test.getRpoMillis())),
                Phrase.of(Amounts.count(test.getFiles())),
                Phrase.of(Amounts.size(test.getBytes())),
                Phrase.of(text(test.getRestoreMillis())),
                Phrase.of(TestSteps.isCompared(test) ? text(test.getComparisonMillis()) : "not compared"),
                Phrase.of(test.isPassed() ? "passed" : "failed: " + Amounts.count(test.getErrors(), "error")));
    }

    private void problems() {
        List<Phrase> wrong = new ArrayList<>();
        report.getProblems().forEach(problem -> wrong.add(Phrase.of(problem)));
        for (RecoveryTestReport test : report.getTests()) {
            test.getProblems()
                    .forEach(
                            problem -> wrong.add(Phrase.ofCode(test.getSource()).text(": " + problem)));
        }
        if (!wrong.isEmpty()) {
            blocks.add(new Block.Heading(2, "What went wrong"));
            blocks.add(new Block.Items(wrong));
        }
        List<Phrase> advice = DrillAdvice.of(report).stream().map(Phrase::of).toList();
        if (!advice.isEmpty()) {
            blocks.add(new Block.Heading(2, "What to do"));
            blocks.add(new Block.Items(advice));
        }
    }

    private void checks() {
        List<List<Phrase>> rows = new ArrayList<>();
        for (RecoveryTestReport test : report.getTests()) {
            for (CheckReport check : test.getChecks()) {
                rows.add(List.of(
                        Phrase.of(check.getName()),
                        Phrase.ofCode(test.getSource()),
                        Phrase.of(text(check.getMillis())),
                        Phrase.of(check.isPassed() ? "passed" : "failed: " + check.getProblem())));
            }
        }
        blocks.add(
                rows.isEmpty()
                        ? new Block.Paragraph(
                                Phrase.of("Every byte that came back was compared; there was no other check."))
                        : new Block.Table(List.of("check", "source", "took", "verdict"), rows));
    }

    private void steps() {
        List<List<Phrase>> rows = new ArrayList<>();
        for (DrillStep step : report.getSteps()) {
            rows.add(List.of(
                    Phrase.of(CLOCK.format(
                            Instant.ofEpochMilli(step.getStartMillis()).atZone(zone))),
                    Phrase.of(step.getName()),
                    step.getSource().isEmpty() ? Phrase.of("") : Phrase.ofCode(step.getSource()),
                    Phrase.of(text(step.getDurationMillis())),
                    Phrase.of(step.isPassed() ? "done" : step.getProblem())));
        }
        blocks.add(new Block.Table(List.of("began", "step", "source", "took", "result"), rows));
    }

    private void places() {
        List<List<Phrase>> rows = new ArrayList<>();
        for (DrillPlace place : report.getPlaces()) {
            rows.add(List.of(
                    Phrase.ofCode(place.getName()),
                    Phrase.of(place.getStanding()),
                    Phrase.of(place.isChosen() ? "the worst" : "")));
        }
        blocks.add(
                rows.isEmpty()
                        ? new Block.Paragraph(Phrase.of("Nobody could look at them."))
                        : new Block.Table(List.of("destination", "what was known of it", "choice"), rows));
    }

    private static String text(long millis) {
        return Elapsed.text(Duration.ofMillis(millis));
    }

    private String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis).atZone(zone));
    }
}
