package io.jenkins.plugins.provenbackup.jenkins.results;

/** How a recovery drill ended; the worse the later. */
public enum DrillVerdict {
    /** Everything came back, every check was content, and every objective was met. */
    PASSED,
    /** Everything came back and every check was content, but too late, from too old a recovery point, or not all was put in order. */
    MISSED,
    /** Something did not come back, or a check was not content. */
    FAILED
}
