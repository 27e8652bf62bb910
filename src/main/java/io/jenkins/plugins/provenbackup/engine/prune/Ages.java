package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.repository.PruneRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How old things are at one destination: by its own time stamps, compared with that of an object that this prune has just
 * put; by this machine's clock for a destination without time stamps. Never by a writer's clock.
 *
 * @param storageNow time stamp of what was just put; {@link Instant#EPOCH} where there are none
 * @param ownNow this machine's clock
 */
record Ages(Instant storageNow, Instant ownNow) {

    /** For so long a run lives after its newest object, and what is condemned stays. */
    static final Duration GRACE = Duration.ofHours(24);

    boolean hasTimeStamps() {
        return !storageNow.equals(Instant.EPOCH);
    }

    /** The age of what has a time stamp of the destination. */
    Optional<Duration> of(Instant modified) {
        return hasTimeStamps() && !modified.equals(Instant.EPOCH)
                ? Optional.of(Duration.between(modified, storageNow))
                : Optional.empty();
    }

    Duration of(PruneRecords.Listed record) {
        return of(record.modified())
                .orElseGet(() -> Duration.between(record.record().created(), ownNow));
    }

    boolean isOlder(PruneRecords.Listed record, Duration age) {
        return of(record).compareTo(age) >= 0;
    }
}
