package io.jenkins.plugins.provenbackup.jenkins.schedule;

import java.time.Instant;
import java.util.Optional;

/** The times that a schedule names. */
@FunctionalInterface
interface Times {

    /** The first one after a moment; empty when none will ever come. */
    Optional<Instant> after(Instant moment);
}
