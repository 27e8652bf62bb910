package io.jenkins.plugins.provenbackup.jenkins.results;

import java.io.Serializable;

/** Which recovery drill a report is about. Immutable. */
public final class DrillSubject implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String policy;
    private final String by;
    private final String url;
    private final long startMillis;

    /**
     * States it.
     *
     * @param policy its name
     * @param by which build or run of the policy, for people
     * @param url where that has its page, below Jenkins' own address and without a slash before it
     * @param startMillis since 1970
     */
    public DrillSubject(String policy, String by, String url, long startMillis) {
        this.policy = policy;
        this.by = by;
        this.url = url;
        this.startMillis = startMillis;
    }

    public String policy() {
        return policy;
    }

    public String by() {
        return by;
    }

    public String url() {
        return url;
    }

    public long startMillis() {
        return startMillis;
    }
}
