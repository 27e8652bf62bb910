package io.jenkins.plugins.provenbackup.jenkins.timemachine;

/** A job with its address. Immutable. */
public final class JobLink {

    private final String name;
    private final String url;

    JobLink(String name, String url) {
        this.name = name;
        this.url = url;
    }

    public String getName() {
        return name;
    }

    /** From the root of Jenkins. */
    public String getUrl() {
        return url;
    }
}
