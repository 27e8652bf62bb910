package io.jenkins.plugins.provenbackup.engine.alerts;

import io.jenkins.plugins.provenbackup.engine.compliance.history.JsonRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is remembered as JSON and back, to the second. */
final class MemoryJson {

    private MemoryJson() {}

    static Map<String, Object> write(Memory memory) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("open", memory.open().stream().map(MemoryJson::alert).toList());
        Map<String, Object> places = new LinkedHashMap<>();
        memory.places()
                .forEach((name, place) -> places.put(
                        name,
                        List.of(place.answered().getEpochSecond(), place.bytes(), place.condemned(), place.missing())));
        json.put("places", places);
        json.put("recorded", memory.recorded());
        json.put("accepted", memory.accepted());
        memory.failing().ifPresent(since -> json.put("failing", since.getEpochSecond()));
        return json;
    }

    static Map<String, Object> alert(Alert alert) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("policy", alert.policy());
        json.put("kind", alert.kind().name());
        json.put("subject", alert.subject());
        json.put("text", alert.text());
        json.put("advice", alert.advice());
        json.put("since", alert.since().getEpochSecond());
        return json;
    }

    static Alert readAlert(JsonRow row) throws IOException {
        return new Alert(
                row.text("policy"),
                Alert.Kind.valueOf(row.text("kind")),
                row.text("subject"),
                row.text("text"),
                row.text("advice"),
                row.time("since"));
    }

    static Memory read(Object json) throws IOException {
        JsonRow row = JsonRow.of(json);
        List<Alert> open = new ArrayList<>();
        for (JsonRow one : row.rows("open")) {
            open.add(readAlert(one));
        }
        Map<String, Memory.Place> places = new TreeMap<>();
        for (Map.Entry<String, Object> one : row.object("places").entrySet()) {
            JsonRow place = JsonRow.of(one.getValue());
            places.put(
                    one.getKey(), new Memory.Place(place.time(0), place.number(1), place.number(2), place.number(3)));
        }
        Map<String, Map<String, String>> recorded = new HashMap<>();
        for (String name : row.object("recorded").keySet()) {
            Map<String, String> ids = new HashMap<>();
            JsonRow.of(row.object("recorded"))
                    .object(name)
                    .forEach((id, source) -> ids.put(id, String.valueOf(source)));
            recorded.put(name, ids);
        }
        return new Memory(
                open,
                places,
                recorded,
                row.texts("accepted"),
                row.find("failing").isPresent() ? Optional.of(row.time("failing")) : Optional.empty());
    }
}
