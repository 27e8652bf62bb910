package io.jenkins.plugins.provenbackup.jenkins.drill;

import hudson.model.Action;
import io.jenkins.plugins.provenbackup.jenkins.access.BackupPermissions;
import io.jenkins.plugins.provenbackup.jenkins.configuration.VisiblePolicies;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillReport;
import jenkins.model.Jenkins;

/** Leads from a build to the report of the drill that it made, for whoever may see it. Immutable. */
public final class DrillLink implements Action {

    private final String url;
    /** Its policy; null in builds of before this was kept. */
    private final String policy;

    public DrillLink(DrillReport report) {
        this.url = "/" + Drills.urlOf(report);
        this.policy = report.getPolicy();
    }

    @Override
    public String getIconFileName() {
        return isShown() ? "symbol-proven-backup plugin-proven-backup" : null;
    }

    private boolean isShown() {
        return policy == null
                ? Jenkins.get().hasPermission(BackupPermissions.VIEW)
                : VisiblePolicies.current().find(policy).isPresent();
    }

    @Override
    public String getDisplayName() {
        return Messages.DrillLink_displayName();
    }

    /** Below Jenkins' own address, since a slash is before it. */
    @Override
    public String getUrlName() {
        return url;
    }
}
