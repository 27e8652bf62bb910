package io.jenkins.plugins.provenbackup.engine.compliance.history;

import io.jenkins.plugins.provenbackup.engine.policy.Control;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A history as JSON and back, to the second. */
public final class HistoryJson {

    private HistoryJson() {}

    /** As maps, lists, texts and numbers. */
    public static Map<String, Object> write(PolicyHistory history) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("policy", history.policy());
        json.put(
                "watched",
                history.watched().stream()
                        .map(one ->
                                List.of(one.begin().getEpochSecond(), one.end().getEpochSecond()))
                        .toList());
        Map<String, Object> verdicts = new LinkedHashMap<>();
        history.verdicts()
                .forEach((key, stretches) -> verdicts.put(
                        key.text(),
                        stretches.stream()
                                .map(one -> List.of(
                                        one.verdict().name(),
                                        one.objective(),
                                        one.actual(),
                                        one.begin().getEpochSecond(),
                                        one.end().getEpochSecond(),
                                        one.isOpen()))
                                .toList()));
        json.put("verdicts", verdicts);
        Map<String, Object> numbers = new LinkedHashMap<>();
        history.numbers()
                .forEach((name, series) -> numbers.put(
                        name,
                        series.points().stream()
                                .map(one -> List.of(one.time().getEpochSecond(), one.value()))
                                .toList()));
        json.put("numbers", numbers);
        json.put("alerts", history.alerts().stream().map(HistoryJson::alert).toList());
        return json;
    }

    private static Map<String, Object> alert(PastAlert alert) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("key", alert.key());
        json.put("title", alert.title());
        json.put("text", alert.text());
        json.put("begin", alert.begin().getEpochSecond());
        alert.end().ifPresent(end -> json.put("end", end.getEpochSecond()));
        return json;
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException when it is something else
     */
    public static PolicyHistory read(Object json) throws IOException {
        JsonRow row = JsonRow.of(json);
        List<PolicyHistory.Watch> watched = new ArrayList<>();
        for (JsonRow one : row.rows("watched")) {
            watched.add(new PolicyHistory.Watch(one.time(0), one.time(1)));
        }
        Map<ControlKey, List<Stretch>> verdicts = new TreeMap<>();
        for (Map.Entry<String, Object> one : row.object("verdicts").entrySet()) {
            List<Stretch> stretches = new ArrayList<>();
            for (Object stretch : (List<?>) one.getValue()) {
                stretches.add(stretch(JsonRow.of(stretch)));
            }
            if (!stretches.isEmpty()) {
                verdicts.put(ControlKey.parse(one.getKey()), stretches);
            }
        }
        Map<String, Series> numbers = new TreeMap<>();
        for (Map.Entry<String, Object> one : row.object("numbers").entrySet()) {
            List<Series.Point> points = new ArrayList<>();
            for (Object point : (List<?>) one.getValue()) {
                JsonRow pair = JsonRow.of(point);
                points.add(new Series.Point(pair.time(0), pair.number(1)));
            }
            numbers.put(one.getKey(), Series.of(points));
        }
        List<PastAlert> alerts = new ArrayList<>();
        for (JsonRow one : row.rows("alerts")) {
            alerts.add(new PastAlert(
                    one.text("key"),
                    one.text("title"),
                    one.text("text"),
                    one.time("begin"),
                    one.find("end").isPresent() ? Optional.of(one.time("end")) : Optional.empty()));
        }
        return new PolicyHistory(row.text("policy"), watched, verdicts, numbers, alerts);
    }

    private static Stretch stretch(JsonRow row) throws IOException {
        return new Stretch(
                Control.Verdict.valueOf(row.text(0)), row.text(1), row.text(2), row.time(3), row.time(4), row.flag(5));
    }
}
