package io.jenkins.plugins.provenbackup.jenkins.execution;

import hudson.PluginWrapper;
import jenkins.model.Jenkins;

/** The version of this plugin. */
final class PluginVersion {

    private PluginVersion() {}

    static String number() {
        PluginWrapper self = Jenkins.get().getPluginManager().whichPlugin(PluginVersion.class);
        return self == null ? "(development)" : self.getVersion();
    }
}
