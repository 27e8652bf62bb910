package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import java.util.List;

/** Tells administrators of alerts, with the page that leads out of each. */
@Extension
public final class ComplianceMonitor extends AdministrativeMonitor {

    private static final int MOST = 10;

    @Override
    public String getDisplayName() {
        return Messages.ComplianceMonitor_displayName();
    }

    @Override
    public boolean isActivated() {
        return !Standings.get().alerts().isEmpty();
    }

    /** The first alerts. */
    public List<AlertRow> getAlerts() {
        return Standings.get().alerts().stream().limit(MOST).map(AlertRow::new).toList();
    }

    /** How many there are beyond these. */
    public int getMore() {
        return Math.max(0, Standings.get().alerts().size() - MOST);
    }
}
