package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import hudson.Extension;
import io.jenkins.plugins.provenbackup.jenkins.access.BackupPermissions;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicyLink;
import io.jenkins.plugins.provenbackup.jenkins.configuration.VisiblePolicies;
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
        return !TimeMachine.policies().isEmpty() && Jenkins.get().hasPermission(BackupPermissions.VIEW)
                ? Optional.of(TimeMachine.URL + "/")
                : Optional.empty();
    }

    @Override
    public Optional<String> urlOf(BackupPolicy policy) {
        return policy.hasJenkinsHome() && VisiblePolicies.current().has(policy)
                ? Optional.of(TimeMachine.addressOf(policy.getName()))
                : Optional.empty();
    }
}
