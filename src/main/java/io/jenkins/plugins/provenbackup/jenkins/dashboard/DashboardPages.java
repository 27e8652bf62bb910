package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import hudson.Extension;
import io.jenkins.plugins.provenbackup.jenkins.access.BackupPermissions;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicyLink;
import io.jenkins.plugins.provenbackup.jenkins.configuration.VisiblePolicies;
import java.util.Optional;
import jenkins.model.Jenkins;

/** Leads to the dashboard. */
@Extension(ordinal = 3)
public final class DashboardPages implements PolicyLink {

    @Override
    public String title() {
        return Messages.DashboardPages_title();
    }

    @Override
    public Optional<String> url() {
        return Jenkins.get().hasPermission(BackupPermissions.VIEW)
                ? Optional.of(Dashboard.URL + "/")
                : Optional.empty();
    }

    @Override
    public Optional<String> urlOf(BackupPolicy policy) {
        return VisiblePolicies.current().has(policy)
                ? Optional.of(Dashboard.URL + "/" + Links.ofPolicy(policy.getName()))
                : Optional.empty();
    }
}
