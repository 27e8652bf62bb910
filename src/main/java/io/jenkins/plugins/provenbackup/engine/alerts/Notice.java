package io.jenkins.plugins.provenbackup.engine.alerts;

import com.fasterxml.jackson.jr.ob.JSON;
import io.jenkins.plugins.provenbackup.engine.compliance.history.JsonRow;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * That an alert was raised, or is over.
 *
 * @param event which of both
 * @param alert that it is about
 * @param time of the event
 */
public record Notice(Event event, Alert alert, Instant time) {

    /** What happened. */
    public enum Event {
        RAISED,
        CLEARED
    }

    /** In a line: {@code [Proven Backup] shop: Objective missed: rpo/db}. */
    public String subject() {
        return "[Proven Backup] " + (event == Event.CLEARED ? "over: " : "") + alert.policy() + ": " + alert.title();
    }

    /**
     * In a few lines, for a mail.
     *
     * @param link to the policy's page; may be empty
     */
    public String text(String link) {
        List<String> lines = new ArrayList<>();
        lines.add(
                event == Event.CLEARED
                        ? "This is over since " + time + ". It was raised at " + alert.since() + "."
                        : "Raised at " + time + ".");
        lines.add("");
        lines.add("Policy: " + alert.policy());
        lines.add(alert.title());
        lines.add(alert.text());
        if (event == Event.RAISED && !alert.advice().isEmpty()) {
            lines.add("");
            lines.add("What to do: " + alert.advice());
        }
        if (!link.isEmpty()) {
            lines.add("");
            lines.add(link);
        }
        return String.join("\n", lines) + "\n";
    }

    /**
     * For a webhook.
     *
     * @param link to the policy's page; may be empty
     */
    public String body(String link) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("event", event == Event.RAISED ? "raised" : "cleared");
        json.put("time", time.toString());
        json.put("policy", alert.policy());
        json.put("kind", alert.kind().word());
        json.put("subject", alert.subject());
        json.put("title", alert.title());
        json.put("text", alert.text());
        json.put("advice", alert.advice());
        json.put("since", alert.since().toString());
        json.put("url", link);
        return JSON.std.asString(json);
    }

    /** To be kept until it was sent. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("event", event.name());
        json.put("time", time.getEpochSecond());
        json.put("alert", MemoryJson.alert(alert));
        return json;
    }

    /**
     * Reads what {@link #json} wrote.
     *
     * @throws IOException when it is something else
     */
    public static Notice read(JsonRow row) throws IOException {
        return new Notice(
                Event.valueOf(row.text("event")),
                MemoryJson.readAlert(JsonRow.of(row.object("alert"))),
                row.time("time"));
    }
}
