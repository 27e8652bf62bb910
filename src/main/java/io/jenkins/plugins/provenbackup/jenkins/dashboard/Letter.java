package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import io.jenkins.plugins.provenbackup.engine.alerts.Backoff;
import io.jenkins.plugins.provenbackup.engine.alerts.Notice;
import io.jenkins.plugins.provenbackup.engine.compliance.history.JsonRow;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A message that is to be sent.
 *
 * @param channel by its name
 * @param recipient one of that channel's
 * @param failures attempts that failed
 * @param next when to try next
 */
record Letter(String channel, String recipient, Notice notice, int failures, Instant next) {

    boolean isDue(Instant now) {
        return !next.isAfter(now);
    }

    /** What is to be done after another attempt that failed; empty when it is given up. */
    Optional<Letter> failed(Instant now) {
        int more = failures + 1;
        return Backoff.next(more, now).map(time -> new Letter(channel, recipient, notice, more, time));
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("channel", channel);
        json.put("recipient", recipient);
        json.put("notice", notice.json());
        json.put("failures", failures);
        json.put("next", next.getEpochSecond());
        return json;
    }

    /**
     * Reads what {@link #json} wrote.
     *
     * @throws IOException when it is something else
     */
    static Letter read(JsonRow row) throws IOException {
        return new Letter(
                row.text("channel"),
                row.find("recipient").map(String::valueOf).orElse(""),
                Notice.read(JsonRow.of(row.object("notice"))),
                Math.toIntExact(row.number("failures")),
                row.time("next"));
    }
}
