package io.jenkins.plugins.provenbackup.jenkins.results;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a report is about, as the controller knows it: the engine itself knows neither policies nor names of destinations. */
public final class ReportSubject implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String policy;
    private final String source;
    private final Map<String, String> destinations;

    /**
     * Names it.
     *
     * @param policy name of the policy; empty for none
     * @param source the source's name
     * @param destinations by location, without credentials, the destination's name
     */
    public ReportSubject(String policy, String source, Map<String, String> destinations) {
        this.policy = policy;
        this.source = source;
        this.destinations = new LinkedHashMap<>(destinations);
    }

    public String policy() {
        return policy;
    }

    public String source() {
        return source;
    }

    /** The name of a destination, or its location where it has none. */
    public String nameOf(String location) {
        return destinations.getOrDefault(location, location);
    }
}
