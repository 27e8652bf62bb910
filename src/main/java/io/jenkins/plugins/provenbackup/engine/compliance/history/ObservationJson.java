package io.jenkins.plugins.provenbackup.engine.compliance.history;

import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation.Amounts;
import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation.DestinationSeen;
import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation.PointSeen;
import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation.SourceSeen;
import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation.TestSeen;
import io.jenkins.plugins.provenbackup.engine.policy.Compliance;
import io.jenkins.plugins.provenbackup.engine.policy.Control;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** An observation as JSON and back, to the second. */
public final class ObservationJson {

    private ObservationJson() {}

    /** As maps, lists, texts and numbers. */
    public static Map<String, Object> write(Observation seen) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("policy", seen.policy());
        json.put("time", seen.time().getEpochSecond());
        json.put(
                "controls",
                seen.controls().stream().map(ObservationJson::control).toList());
        json.put("sources", seen.sources().stream().map(ObservationJson::source).toList());
        json.put(
                "destinations",
                seen.destinations().stream().map(ObservationJson::destination).toList());
        json.put("problems", seen.problems());
        return json;
    }

    /** A control, for programs too. */
    public static Map<String, Object> control(Control control) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", control.kind().name());
        json.put("subject", control.subject().orElse(""));
        json.put("objective", control.objective());
        json.put("actual", control.actual());
        json.put("verdict", control.verdict().name());
        json.put("advice", control.advice());
        control.measure().ifPresent(measure -> {
            json.put("value", measure.value());
            json.put("limit", measure.limit());
            json.put("unit", measure.unit().name());
        });
        return json;
    }

    private static Map<String, Object> source(SourceSeen source) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", source.name());
        json.put("points", source.points().stream().map(ObservationJson::point).toList());
        json.put(
                "tests",
                source.tests().stream()
                        .map(test -> List.of(
                                test.time().getEpochSecond(),
                                test.duration().toMillis(),
                                test.errors(),
                                test.problem(),
                                test.snapshot()))
                        .toList());
        json.put("removed", source.removed());
        return json;
    }

    private static List<Object> point(PointSeen point) {
        Amounts amounts = point.amounts();
        return List.of(
                point.id(),
                point.time().getEpochSecond(),
                point.kind().name(),
                amounts.files(),
                amounts.bytes(),
                amounts.touched(),
                amounts.added(),
                amounts.stored(),
                point.present().stream().sorted().toList(),
                point.complete().stream().sorted().toList());
    }

    private static Map<String, Object> destination(DestinationSeen place) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", place.name());
        place.problem().ifPresent(problem -> json.put("problem", problem));
        json.put("bytes", place.bytes());
        json.put("condemned", place.condemned());
        place.free().ifPresent(free -> json.put("free", free));
        return json;
    }

    /**
     * Reads what {@link #write} wrote, without what was forgotten since the look before it.
     *
     * @throws IOException when it is something else
     */
    public static Observation read(Object json) throws IOException {
        JsonRow row = JsonRow.of(json);
        List<Control> controls = new ArrayList<>();
        for (JsonRow one : row.rows("controls")) {
            controls.add(readControl(one));
        }
        List<SourceSeen> sources = new ArrayList<>();
        for (JsonRow one : row.rows("sources")) {
            sources.add(readSource(one));
        }
        List<DestinationSeen> places = new ArrayList<>();
        for (JsonRow one : row.rows("destinations")) {
            places.add(new DestinationSeen(
                    one.text("name"),
                    one.find("problem").map(Object::toString),
                    one.number("bytes"),
                    one.number("condemned"),
                    one.find("free").isPresent() ? OptionalLong.of(one.number("free")) : OptionalLong.empty(),
                    Set.of()));
        }
        return new Observation(
                new Compliance(row.text("policy"), row.time("time"), controls),
                sources,
                places,
                List.copyOf(row.texts("problems")));
    }

    private static Control readControl(JsonRow row) throws IOException {
        String subject = row.text("subject");
        return new Control(
                Control.Kind.valueOf(row.text("kind")),
                subject.isEmpty() ? Optional.empty() : Optional.of(subject),
                row.text("objective"),
                row.text("actual"),
                Control.Verdict.valueOf(row.text("verdict")),
                row.text("advice"),
                row.find("unit").isPresent()
                        ? Optional.of(new Control.Measure(
                                row.number("value"), row.number("limit"), Control.Unit.valueOf(row.text("unit"))))
                        : Optional.empty());
    }

    private static SourceSeen readSource(JsonRow row) throws IOException {
        List<PointSeen> points = new ArrayList<>();
        for (JsonRow one : row.rows("points")) {
            points.add(new PointSeen(
                    one.text(0),
                    one.time(1),
                    SnapshotKind.valueOf(one.text(2)),
                    new Amounts(one.number(3), one.number(4), one.number(5), one.number(6), one.number(7)),
                    one.texts(8),
                    one.texts(9)));
        }
        List<TestSeen> tests = new ArrayList<>();
        for (JsonRow one : row.rows("tests")) {
            tests.add(new TestSeen(
                    one.text(4), one.time(0), Duration.ofMillis(one.number(1)), one.number(2), one.text(3)));
        }
        return new SourceSeen(row.text("name"), points, tests, List.copyOf(row.texts("removed")));
    }
}
