package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.recovery.RecoveryTestResult;
import io.jenkins.plugins.provenbackup.engine.repository.TestRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A recovery test's result for people and for programs. */
final class TestText {

    private final Output output;

    TestText(Output output) {
        this.output = output;
    }

    static ExitStatus status(RecoveryTestResult result) {
        if (!result.record().isPassed()) {
            return ExitStatus.DAMAGED;
        }
        boolean isClean = result.unrecorded().isEmpty() && result.leftover().isEmpty();
        return isClean ? ExitStatus.DONE : ExitStatus.INCOMPLETE;
    }

    void show(RecoveryTestResult result, String source) {
        TestRecord record = result.record();
        Style style = output.style();
        output.line(style.heading("recovery test of " + record.snapshot().brief()) + "  " + Plain.text(source) + "  "
                + (record.isPassed() ? style.good("passed") : style.bad("failed")));
        output.line("  restored  " + Figures.count(record.files(), "file") + ", " + Figures.size(record.bytes())
                + " in " + Figures.duration(record.restore()));
        output.line("  compared  " + (record.comparison().isZero() ? "no" : Figures.duration(record.comparison())));
        for (TestRecord.Check check : record.checks()) {
            boolean isPassed = check.outcome() == TestRecord.Outcome.PASSED;
            output.line("  check     " + (isPassed ? style.good("passed") : style.bad("failed")) + "  "
                    + Plain.text(check.name()) + ", " + Figures.duration(check.duration()));
        }
        record.problems().forEach(problem -> output.line("  " + style.bad("error") + "     " + Plain.text(problem)));
        if (record.errors() > record.problems().size()) {
            output.line("  ... and "
                    + Figures.count(record.errors() - record.problems().size()) + " more errors");
        }
        result.limitations()
                .forEach((limitation, count) ->
                        output.line("  limits    " + Figures.count(count) + " x " + limitation.description()));
        output.line("  from      " + String.join(", ", record.from()));
        output.line("  kept at   "
                + (result.recorded().isEmpty() ? "no destination" : String.join(", ", result.recorded())));
    }

    static Map<String, Object> json(RecoveryTestResult result, String source) {
        TestRecord record = result.record();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("snapshot", record.snapshot().hex());
        json.put("source", source);
        json.put("at", record.at().toString());
        json.put("passed", record.isPassed());
        json.put("files", record.files());
        json.put("bytes", record.bytes());
        json.put("restoreMillis", record.restore().toMillis());
        json.put("comparisonMillis", record.comparison().toMillis());
        List<Map<String, Object>> checks = new ArrayList<>();
        for (TestRecord.Check check : record.checks()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", check.name());
            one.put("passed", check.outcome() == TestRecord.Outcome.PASSED);
            one.put("millis", check.duration().toMillis());
            checks.add(one);
        }
        json.put("checks", checks);
        json.put("errors", record.errors());
        json.put("problems", record.problems());
        Map<String, Object> limitations = new LinkedHashMap<>();
        result.limitations().forEach((limitation, count) -> limitations.put(limitation.name(), count));
        json.put("limitations", limitations);
        json.put("failovers", result.failovers());
        json.put("from", record.from());
        json.put("recorded", result.recorded());
        json.put("unrecorded", result.unrecorded());
        return json;
    }
}
