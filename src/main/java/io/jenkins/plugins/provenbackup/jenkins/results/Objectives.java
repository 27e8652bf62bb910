package io.jenkins.plugins.provenbackup.jenkins.results;

import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;

/** What a recovery test is held against, and the age that it found. */
public final class Objectives implements Serializable {

    private static final long serialVersionUID = 1L;

    private final long rpoMillis;
    private final long rpoObjectiveMillis;
    private final long rtoObjectiveMillis;

    /**
     * States them.
     *
     * @param age of the recovery point that was tested
     * @param rpo how old it may be; empty for no objective
     * @param rto how long the restore may take; empty for no objective
     */
    public Objectives(Duration age, Optional<Duration> rpo, Optional<Duration> rto) {
        this.rpoMillis = age.toMillis();
        this.rpoObjectiveMillis = rpo.map(Duration::toMillis).orElse(0L);
        this.rtoObjectiveMillis = rto.map(Duration::toMillis).orElse(0L);
    }

    long rpoMillis() {
        return rpoMillis;
    }

    long rpoObjectiveMillis() {
        return rpoObjectiveMillis;
    }

    long rtoObjectiveMillis() {
        return rtoObjectiveMillis;
    }
}
