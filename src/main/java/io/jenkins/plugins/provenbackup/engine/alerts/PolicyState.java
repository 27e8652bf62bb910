package io.jenkins.plugins.provenbackup.engine.alerts;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.jr.ob.JSON;
import io.jenkins.plugins.provenbackup.engine.compliance.history.HistoryJson;
import io.jenkins.plugins.provenbackup.engine.compliance.history.JsonRow;
import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation;
import io.jenkins.plugins.provenbackup.engine.compliance.history.ObservationJson;
import io.jenkins.plugins.provenbackup.engine.compliance.history.PastAlert;
import io.jenkins.plugins.provenbackup.engine.compliance.history.PolicyHistory;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * All that is kept of a policy between two looks. Immutable; no secret is in it.
 *
 * @param history of its promises
 * @param memory for the next look
 * @param last what the last look that went well found
 * @param failure why the last look failed; empty when it went well
 */
public record PolicyState(PolicyHistory history, Memory memory, Optional<Observation> last, Optional<String> failure) {

    private static final int VERSION = 1;

    /** Of a policy that nobody has looked at yet. */
    public static PolicyState none(String policy) {
        return new PolicyState(PolicyHistory.none(policy), Memory.NONE, Optional.empty(), Optional.empty());
    }

    /**
     * What a look changed.
     *
     * @param state afterwards
     * @param step what it raised and cleared
     */
    public record Change(PolicyState state, Step step) {}

    /** After a look. */
    public Change after(Observation seen) {
        Step step = Watchman.after(memory, seen);
        return new Change(
                new PolicyState(
                        noted(history.with(seen), step, seen.time()),
                        step.memory(),
                        Optional.of(seen),
                        Optional.empty()),
                step);
    }

    /** After a look that failed. */
    public Change afterFailure(String reason, Instant now) {
        Step step = Watchman.afterFailure(memory, history.policy(), reason, now);
        return new Change(new PolicyState(noted(history, step, now), step.memory(), last, Optional.of(reason)), step);
    }

    /** After somebody took what an alert tells as it is; see {@link Watchman#accepted}. */
    public Change accepted(String key, Instant now) {
        if (last.isEmpty()) {
            return new Change(this, Step.of(memory, memory));
        }
        Step step = Watchman.accepted(memory, key, last.get());
        return new Change(new PolicyState(noted(history, step, now), step.memory(), last, failure), step);
    }

    private static PolicyHistory noted(PolicyHistory history, Step step, Instant now) {
        PolicyHistory noted = history;
        for (Alert alert : step.raised()) {
            noted = noted.raised(
                    new PastAlert(alert.key(), alert.title(), alert.text(), alert.since(), Optional.empty()));
        }
        for (Alert alert : step.cleared()) {
            noted = noted.cleared(alert.key(), now);
        }
        return noted;
    }

    /** As JSON. */
    public String json() throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", VERSION);
        json.put("history", HistoryJson.write(history));
        json.put("memory", MemoryJson.write(memory));
        last.ifPresent(seen -> json.put("last", ObservationJson.write(seen)));
        failure.ifPresent(reason -> json.put("failure", reason));
        return JSON.std.asString(json);
    }

    /**
     * Reads what {@link #json} wrote.
     *
     * @throws IOException when it is something else, or of a newer version
     */
    public static PolicyState parse(String text) throws IOException {
        try {
            JsonRow row = JsonRow.of(JSON.std.anyFrom(text));
            if (row.number("version") != VERSION) {
                throw new IOException(
                        "it is of version " + row.number("version") + ", which only a newer plugin reads");
            }
            Optional<Object> last = row.find("last");
            return new PolicyState(
                    HistoryJson.read(row.object("history")),
                    MemoryJson.read(row.object("memory")),
                    last.isPresent() ? Optional.of(ObservationJson.read(last.get())) : Optional.empty(),
                    row.find("failure").map(Object::toString));
        } catch (JacksonException | IllegalArgumentException | ClassCastException e) {
            throw new IOException("it cannot be read: " + e.getMessage(), e);
        }
    }
}
