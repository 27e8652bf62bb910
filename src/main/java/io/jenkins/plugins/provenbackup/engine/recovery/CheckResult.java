package io.jenkins.plugins.provenbackup.engine.recovery;

import java.time.Duration;
import java.util.Optional;

/**
 * What a check of a restored tree found.
 *
 * @param name what was tried
 * @param problem what is wrong; empty when nothing is
 * @param duration how long it took
 */
public record CheckResult(String name, Optional<String> problem, Duration duration) {}
