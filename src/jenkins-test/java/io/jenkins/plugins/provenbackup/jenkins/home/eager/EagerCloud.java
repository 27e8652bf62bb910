package io.jenkins.plugins.provenbackup.jenkins.home.eager;

import hudson.slaves.Cloud;

/** Looks for its machines when the configuration is read. */
public final class EagerCloud extends Cloud {

    public EagerCloud(String name) {
        super(name);
    }

    @SuppressWarnings("unused") // XStream calls it
    private Object readResolve() {
        Knock.at("cloud");
        return this;
    }
}
