package io.jenkins.plugins.provenbackup.engine.alerts;

import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A destination holds less than it did, by more than a prune was about to delete. After a pause in which a whole prune may have
 * gone by, what is missing counts only when a snapshot lacks it. It ends when as much came back, and nothing lacks anything.
 */
final class ShrinkingRule {

    private static final long MIB = 1 << 20;

    /** A prune deletes what it condemned a day earlier, so within half of that it was seen. */
    private static final Duration LONGEST_PAUSE = Duration.ofHours(12);

    /** Of a hundred, what may be missing: lists of objects that are written anew are not quite as long as before. */
    private static final long TOLERATED = 1;

    private final Observation seen;
    private final Map<String, Memory.Place> places;

    ShrinkingRule(Observation seen, Map<String, Memory.Place> places) {
        this.seen = seen;
        this.places = places;
    }

    /**
     * What is known of a destination that answered.
     *
     * @param before what was known
     * @param isWhole whether no snapshot that was recorded there is gone or lacks anything
     */
    static Memory.Place after(
            Memory.Place before, Observation.DestinationSeen place, boolean isWhole, Observation seen) {
        long gone = before.bytes() - place.bytes();
        long missing = before.missing();
        boolean isPause = Duration.between(before.answered(), seen.time()).compareTo(LONGEST_PAUSE) > 0;
        if (gone > before.condemned() + Math.max(MIB, before.bytes() * TOLERATED / 100)) {
            missing += isPause && isWhole ? 0 : gone - before.condemned();
        } else if (isWhole && gone < 0) {
            missing = Math.max(0, missing + gone);
        }
        return new Memory.Place(seen.time(), place.bytes(), place.condemned(), missing);
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        for (Observation.DestinationSeen place : seen.destinations()) {
            Memory.Place known = places.get(place.name());
            if (known.missing() > 0) {
                findings.add(new Finding(
                        place.isReached() ? Finding.State.ON : Finding.State.UNKNOWN, alert(place.name(), known)));
            }
        }
        return findings;
    }

    private Alert alert(String place, Memory.Place known) {
        return new Alert(
                seen.policy(),
                Alert.Kind.REPOSITORY_SHRANK,
                place,
                String.format(
                        Locale.ROOT,
                        "%d MiB are gone from %s, which holds %d MiB now, and no prune explains it.",
                        Math.max(1, known.missing() / MIB),
                        place,
                        known.bytes() / MIB),
                "Verify the destination, and repair it from another. If it was meant, say so on the policy's page.",
                seen.time());
    }
}
