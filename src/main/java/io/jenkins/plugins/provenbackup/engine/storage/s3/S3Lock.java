package io.jenkins.plugins.provenbackup.engine.storage.s3;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;

/** What every new object is locked with, by what the location asks for. */
final class S3Lock {

    private final S3Settings settings;
    private final Clock clock;

    S3Lock(S3Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** How objects are to be locked that are locked by a call of their own. */
    ObjectLockMode mode() {
        return ObjectLockMode.fromValue(
                settings.lockMode().orElse(S3Settings.LockMode.GOVERNANCE).name());
    }

    /** The mode for new objects, or null, as the SDK wants it. */
    ObjectLockMode modeOfNew() {
        return settings.lockMode().isPresent() ? mode() : null;
    }

    /** The date for new objects, or null, as the SDK wants it. */
    Instant untilOfNew() {
        return settings.retain()
                .map(period -> wholeSecond(clock.instant().plus(period)))
                .orElse(null);
    }

    /** Servers keep dates to the second, and must not keep one that is earlier. */
    static Instant wholeSecond(Instant date) {
        Instant cut = date.truncatedTo(ChronoUnit.SECONDS);
        return cut.equals(date) ? cut : cut.plusSeconds(1);
    }

    Optional<Duration> period() {
        return settings.retain();
    }
}
