package io.jenkins.plugins.provenbackup.engine.copy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells the times of the original: first when it began, then when it ended. A copy is of the state of that time, and files
 * that changed around then are told by it.
 */
final class RecordedClock extends Clock {

    private final Instant start;
    private final Instant end;
    private final AtomicBoolean asked = new AtomicBoolean();

    RecordedClock(Instant start, Instant end) {
        this.start = start;
        this.end = end;
    }

    @Override
    public Instant instant() {
        return asked.getAndSet(true) ? end : start;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("only instants were recorded");
    }
}
