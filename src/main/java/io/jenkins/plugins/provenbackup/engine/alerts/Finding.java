package io.jenkins.plugins.provenbackup.engine.alerts;

/**
 * What a look says of one alert.
 *
 * @param state whether there is one
 * @param alert that it is about
 */
record Finding(State state, Alert alert) {

    /** Whether there is one. */
    enum State {
        /** It is raised, or goes on. */
        ON,
        /** Nobody can tell: one that was raised goes on. */
        UNKNOWN
    }
}
