package io.jenkins.plugins.provenbackup.engine.compliance.history;

import java.time.Instant;
import java.util.Optional;

/**
 * An alert that was raised.
 *
 * @param key which one
 * @param title what it says in a line
 * @param text what was found
 * @param begin when it was raised
 * @param end when it was over; empty while it is not
 */
public record PastAlert(String key, String title, String text, Instant begin, Optional<Instant> end) {}
