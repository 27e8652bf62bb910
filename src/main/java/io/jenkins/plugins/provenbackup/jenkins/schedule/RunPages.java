package io.jenkins.plugins.provenbackup.jenkins.schedule;

import hudson.Extension;
import io.jenkins.plugins.provenbackup.jenkins.access.BackupPermissions;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicyLink;
import io.jenkins.plugins.provenbackup.jenkins.configuration.VisiblePolicies;
import java.util.Optional;
import jenkins.model.Jenkins;

/** Leads to the runs of policies. */
@Extension(ordinal = 2)
public final class RunPages implements PolicyLink {

    @Override
    public String title() {
        return Messages.RunPages_title();
    }

    @Override
    public Optional<String> url() {
        return Jenkins.get().hasPermission(BackupPermissions.VIEW) ? Optional.of(RunsPage.URL + "/") : Optional.empty();
    }

    @Override
    public Optional<String> urlOf(BackupPolicy policy) {
        return VisiblePolicies.current().has(policy) ? Optional.of(RunsPage.urlOf(policy)) : Optional.empty();
    }
}
