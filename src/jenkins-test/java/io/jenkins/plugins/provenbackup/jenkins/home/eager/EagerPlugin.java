package io.jenkins.plugins.provenbackup.jenkins.home.eager;

import hudson.Plugin;

/** Phones home when it starts. */
@SuppressWarnings("deprecation") // the way of old plugins
public final class EagerPlugin extends Plugin {

    @Override
    public void start() {
        Knock.at("plugin");
    }
}
