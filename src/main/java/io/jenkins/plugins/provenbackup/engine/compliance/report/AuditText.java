package io.jenkins.plugins.provenbackup.engine.compliance.report;

import com.fasterxml.jackson.jr.ob.JSON;
import io.jenkins.plugins.provenbackup.engine.policy.Elapsed;
import io.jenkins.plugins.provenbackup.engine.policy.runbook.Block;
import io.jenkins.plugins.provenbackup.engine.policy.runbook.Document;
import io.jenkins.plugins.provenbackup.engine.policy.runbook.Phrase;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report in words, or as JSON. */
public final class AuditText {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm z", Locale.ROOT);

    private final AuditReport report;
    private final ZoneId zone;

    /**
     * Of a report.
     *
     * @param zone in which times are written
     */
    public AuditText(AuditReport report, ZoneId zone) {
        this.report = report;
        this.zone = zone;
    }

    /** To be written as HTML or Markdown. */
    public Document document() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Paragraph(Phrase.of("What became of the promises of the policy ")
                .code(report.policy())
                .text(" from " + time(report.from()) + " to " + time(report.to())
                        + ", by what its destinations held whenever somebody looked. "
                        + (report.isClean()
                                ? "Every promise was kept, and somebody looked all the time."
                                : "What was not kept is listed below."))));
        blocks.add(new Block.Heading(2, "Controls"));
        blocks.add(controls());
        blocks.add(new Block.Heading(2, "Failures"));
        blocks.add(failures());
        if (!report.unwatched().isEmpty()) {
            blocks.add(new Block.Heading(2, "Times in which nobody looked"));
            blocks.add(new Block.Items(report.unwatched().stream()
                    .map(one -> Phrase.of(time(one.begin()) + " to " + time(one.end()) + ", " + length(one.length())))
                    .toList()));
        }
        if (!report.alerts().isEmpty()) {
            blocks.add(new Block.Heading(2, "Alerts"));
            blocks.add(new Block.Table(
                    List.of("alert", "raised", "over", "what was found"),
                    report.alerts().stream()
                            .map(one -> List.of(
                                    Phrase.of(one.title()),
                                    Phrase.of(time(one.begin())),
                                    Phrase.of(one.end().map(this::time).orElse("not yet")),
                                    Phrase.of(one.text())))
                            .toList()));
        }
        return new Document("Compliance report: " + report.policy(), blocks);
    }

    private Block controls() {
        return new Block.Table(
                List.of("control", "promised", "at the end", "kept", "missed for", "unknown for", "failures"),
                report.controls().stream()
                        .map(one -> List.of(
                                Phrase.of(one.key().label()),
                                Phrase.of(one.objective()),
                                Phrase.of(word(one.verdict())),
                                Phrase.of(
                                        one.met().isPresent()
                                                ? percent(one.met().getAsDouble())
                                                : "not judged"),
                                Phrase.of(length(one.missed())),
                                Phrase.of(length(one.unknown())),
                                Phrase.of(String.valueOf(one.failures().size()))))
                        .toList());
    }

    private Block failures() {
        List<List<Phrase>> rows = new ArrayList<>();
        for (AuditReport.ControlReport control : report.controls()) {
            for (AuditReport.Failure failure : control.failures()) {
                rows.add(List.of(
                        Phrase.of(control.key().label()),
                        Phrase.of(failure.objective()),
                        Phrase.of(failure.found()),
                        Phrase.of(time(failure.time().begin())),
                        Phrase.of(failure.isOver() ? time(failure.time().end()) : "goes on"),
                        Phrase.of(length(failure.time().length()))));
            }
        }
        return rows.isEmpty()
                ? new Block.Paragraph(Phrase.of("None."))
                : new Block.Table(List.of("control", "promised", "found", "begin", "end", "length"), rows);
    }

    /** For programs; times in UTC, lengths in seconds. */
    public String json() throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("policy", report.policy());
        json.put("from", report.from().toString());
        json.put("to", report.to().toString());
        json.put("clean", report.isClean());
        json.put("controls", report.controls().stream().map(AuditText::json).toList());
        json.put("unwatched", report.unwatched().stream().map(AuditText::json).toList());
        List<Map<String, Object>> alerts = new ArrayList<>();
        report.alerts().forEach(one -> {
            Map<String, Object> alert = new LinkedHashMap<>();
            alert.put("title", one.title());
            alert.put("text", one.text());
            alert.put("raised", one.begin().toString());
            alert.put("cleared", one.end().map(Instant::toString).orElse(null));
            alerts.add(alert);
        });
        json.put("alerts", alerts);
        return JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(json);
    }

    private static Map<String, Object> json(AuditReport.ControlReport control) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("control", control.key().text());
        json.put("objective", control.objective());
        json.put("verdict", word(control.verdict()));
        json.put("met", control.met().isPresent() ? control.met().getAsDouble() : null);
        json.put("missedSeconds", control.missed().toSeconds());
        json.put("unknownSeconds", control.unknown().toSeconds());
        List<Map<String, Object>> failures = new ArrayList<>();
        control.failures().forEach(one -> {
            Map<String, Object> failure = json(one.time());
            failure.put("objective", one.objective());
            failure.put("found", one.found());
            failure.put("over", one.isOver());
            failures.add(failure);
        });
        json.put("failures", failures);
        return json;
    }

    private static Map<String, Object> json(AuditReport.Period time) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("begin", time.begin().toString());
        json.put("end", time.end().toString());
        return json;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** Never 100 % for what was missed for a moment. */
    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.2f\u00a0%%", Math.floor(part * 10_000) / 100);
    }

    private static String length(Duration length) {
        return length.isZero() ? "–" : Elapsed.text(length);
    }

    private String time(Instant time) {
        return TIME.format(time.atZone(zone));
    }
}
