package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import hudson.Extension;
import io.jenkins.plugins.provenbackup.jenkins.access.BackupPermissions;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicyLink;
import java.util.Optional;
import jenkins.model.Jenkins;

/** Leads to the recovery points of policies that back up the home of this Jenkins. */
@Extension(ordinal = 1)
public final class RecoveryPointPages implements PolicyLink {

    @Override
    public String title() {
        return Messages.TimeMachine_displayName();
    }

    @Override
    public Optional<String> url() {
        return shown(!TimeMachine.policies().isEmpty(), TimeMachine.URL + "/");
    }

    @Override
    public Optional<String> urlOf(BackupPolicy policy) {
        return shown(policy.hasJenkinsHome(), TimeMachine.addressOf(policy.getName()));
    }

    private static Optional<String> shown(boolean isThere, String url) {
        return isThere && Jenkins.get().hasPermission(BackupPermissions.VIEW) ? Optional.of(url) : Optional.empty();
    }
}
