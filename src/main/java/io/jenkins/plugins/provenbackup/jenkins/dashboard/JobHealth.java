package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import hudson.model.HealthReport;
import hudson.model.HealthReportingAction;

/** The standing of the policy that a build followed, as part of its job's weather. Lives for one request. */
final class JobHealth implements HealthReportingAction {

    private final LiveHealth health;

    JobHealth(LiveHealth health) {
        this.health = health;
    }

    @Override
    public HealthReport getBuildHealth() {
        return health;
    }

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return null;
    }
}
