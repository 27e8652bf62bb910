package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import hudson.Extension;
import hudson.model.ManagementLink;

/** Leads from Manage Jenkins to the dashboard. */
@Extension
public final class DashboardLink extends ManagementLink {

    @Override
    public String getIconFileName() {
        return "symbol-proven-backup plugin-proven-backup";
    }

    @Override
    public String getDisplayName() {
        return Messages.Dashboard_displayName();
    }

    @Override
    public String getDescription() {
        return Messages.DashboardLink_description();
    }

    /** From below {@code manage/}. */
    @Override
    public String getUrlName() {
        return "../" + Dashboard.URL + "/";
    }

    @Override
    public Category getCategory() {
        return Category.STATUS;
    }
}
