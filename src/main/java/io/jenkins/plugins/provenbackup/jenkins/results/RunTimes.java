package io.jenkins.plugins.provenbackup.jenkins.results;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/** When an operation began, and how long its phases took. */
public final class RunTimes implements Serializable {

    private static final long serialVersionUID = 1L;

    private final long startMillis;
    private final Map<String, Long> phases;

    /**
     * States it.
     *
     * @param startMillis since 1970, by the clock of the machine where the data is
     * @param phases milliseconds by phase, in their order
     */
    public RunTimes(long startMillis, Map<String, Long> phases) {
        this.startMillis = startMillis;
        this.phases = new LinkedHashMap<>(phases);
    }

    long startMillis() {
        return startMillis;
    }

    Map<String, Long> phases() {
        return new LinkedHashMap<>(phases);
    }
}
