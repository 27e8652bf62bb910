package io.jenkins.plugins.provenbackup.engine.keys;

import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.Slot;
import io.jenkins.plugins.provenbackup.engine.crypto.UnknownEpochException;
import io.jenkins.plugins.provenbackup.engine.repository.EpochDocuments;
import io.jenkins.plugins.provenbackup.engine.repository.KeyObjects;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Begins a new epoch of keys at every destination: new slots for all who can open the repository, then the epoch's document, which
 * makes the epoch begin at that destination. So wherever the new keys may be used, they can be opened. A rotation that was cut
 * off, or that a destination missed, is completed by running it again.
 */
public final class RotateKeys {

    private final Destinations destinations;
    private final Clock clock;

    /** What a rotation did. */
    public enum Outcome {
        /** A new epoch began. */
        ROTATED,
        /** An epoch that had begun before now has all that it needs, everywhere. */
        COMPLETED
    }

    /** What is asked for. */
    public enum Mode {
        WRITE,
        DRY_RUN
    }

    /**
     * What came out.
     *
     * @param outcome what was done, or would be
     * @param epoch the newest epoch then
     * @param slots new key slots; who has one opens what is stored from now on
     * @param destinations where something was put
     */
    public record Result(Outcome outcome, int epoch, List<Slot> slots, List<String> destinations) {
        public Result {
            slots = List.copyOf(slots);
            destinations = List.copyOf(destinations);
        }
    }

    public RotateKeys(Destinations destinations, Clock clock) {
        this.destinations = destinations;
        this.clock = clock;
    }

    /**
     * Runs it.
     *
     * @throws RefusedException when a destination cannot be reached, or nobody could open the new keys; nothing was changed
     * @throws UnknownEpochException when the key is older than the repository's
     * @throws IOException when a destination fails; what was done is told, and running it again completes it
     */
    public Result run(RecoveryKey key, Mode mode) throws IOException {
        requireAll();
        destinations.verify(key);
        KeyObjects objects = KeyObjects.load(destinations.reached(), key);
        if (objects.newestEpoch() > key.newestEpoch()) {
            throw new UnknownEpochException("The keys of this repository were rotated to epoch " + objects.newestEpoch()
                    + " already, and this key knows only epoch " + key.newestEpoch() + ". "
                    + EpochDocuments.wayOut(key));
        }
        boolean isUnfinished = objects.newestEpoch() < key.newestEpoch()
                || destinations.reached().stream()
                        .anyMatch(replica -> !objects.missing(replica).isEmpty())
                || !without(objects, key).isEmpty();
        if (isUnfinished) {
            return bring(key, objects, Outcome.COMPLETED, mode);
        }
        try (RecoveryKey newer = key.rotate()) {
            return bring(newer, objects, Outcome.ROTATED, mode);
        }
    }

    private void requireAll() throws RefusedException {
        if (!destinations.unreachable().isEmpty()) {
            throw new RefusedException("The keys are rotated at all destinations, and "
                    + String.join(", ", destinations.unreachable().keySet())
                    + " cannot be reached. Try again when it can; or name only the others, and run 'key rotate' again with all"
                    + " when it is back: until then it takes nothing under the new keys.");
        }
    }

    /** For each opener who has no slot with this key, the newest that there is. */
    private static List<Slot> without(KeyObjects objects, RecoveryKey key) {
        Map<String, Slot> newest = new LinkedHashMap<>();
        objects.slots().stream()
                .sorted(Comparator.comparingInt(Slot::epoch).thenComparing(Slot::created))
                .forEach(slot -> newest.put(slot.opener(), slot));
        return newest.values().stream()
                .filter(slot -> slot.epoch() != key.newestEpoch() || !slot.holds(key))
                .toList();
    }

    private Result bring(RecoveryKey key, KeyObjects objects, Outcome outcome, Mode mode) throws IOException {
        Instant now = clock.instant();
        List<Slot> renewed = new ArrayList<>();
        for (Slot slot : without(objects, key)) {
            Slot one = slot.renew(key, now);
            renewed.add(one);
            objects.add(one);
        }
        if (objects.newestEpoch() < key.newestEpoch()) {
            objects.addEpoch(key.newestEpoch(), EpochDocuments.sign(key, now));
        }
        if (objects.slots().stream().noneMatch(slot -> slot.holds(key))) {
            throw new RefusedException(
                    "There is no key slot that the new keys could be put into, so nobody could open what is"
                            + " stored under them. Add one first, with 'key add'. Nothing was changed.");
        }
        List<String> done = new ArrayList<>();
        if (mode == Mode.WRITE) {
            put(objects, key.newestEpoch(), done);
        }
        return new Result(outcome, key.newestEpoch(), renewed, done);
    }

    /** The slots go everywhere before the epoch begins anywhere. */
    private void put(KeyObjects objects, int epoch, List<String> done) throws IOException {
        try {
            for (Replica replica : destinations.reached()) {
                for (String name : objects.missing(replica)) {
                    if (!EpochDocuments.isOne(name)) {
                        objects.put(replica, name);
                    }
                }
            }
            for (Replica replica : destinations.reached()) {
                List<String> missing = objects.missing(replica);
                for (String name : missing) {
                    objects.put(replica, name);
                }
                if (!missing.isEmpty()) {
                    done.add(replica.location());
                }
            }
        } catch (IOException e) {
            throw new IOException(
                    e.getMessage()
                            + (done.isEmpty()
                                    ? " The new keys are in use nowhere; everything goes on with the old ones."
                                    : " Epoch " + epoch + " has begun at " + String.join(", ", done)
                                            + " only, and can be opened there.")
                            + " Run 'key rotate' again when this is mended.",
                    e);
        }
    }
}
