package io.jenkins.plugins.provenbackup.engine.replicate;

import io.jenkins.plugins.provenbackup.engine.repository.Inventory;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the target holds: a listing that is made again when it is too old to be believed, and what was confirmed since. A
 * prune condemns a day before it deletes, so what a young listing shows as not condemned stays. For one thread.
 */
final class Holdings {

    /** After so long, what was seen may have been pruned. */
    private static final Duration SEEN_FOR = Duration.ofHours(1);

    private final Optional<Replica> target;
    private final Map<ObjectHash, Long> present = new HashMap<>();
    private Optional<Inventory> inventory = Optional.empty();
    private long listed;

    /** How the target has an object. */
    enum State {
        PRESENT,
        MISSING,
        /** There, but about to be deleted by a prune that has not ended. */
        CONDEMNED,
        /** There with another size. */
        DAMAGED
    }

    Holdings(Optional<Replica> target) throws IOException {
        this.target = target;
        list();
    }

    State of(Needed needed) {
        Long size = present.get(needed.object().hash());
        if (size == null) {
            return State.MISSING;
        }
        if (size != needed.object().size()) {
            return State.DAMAGED;
        }
        boolean isCondemned = inventory
                .filter(listing -> listing.isCondemned(needed.object().hash()))
                .isPresent();
        return isCondemned ? State.CONDEMNED : State.PRESENT;
    }

    void confirmed(Needed needed) {
        present.put(needed.object().hash(), needed.object().size());
    }

    boolean isOld() {
        return System.nanoTime() - listed > SEEN_FOR.toNanos();
    }

    /** Looks again. */
    void list() throws IOException {
        listed = System.nanoTime();
        present.clear();
        if (target.isPresent()) {
            Inventory now = Inventory.of(target.get());
            present.putAll(now.archives());
            present.putAll(now.catalogs());
            inventory = Optional.of(now);
        }
    }
}
