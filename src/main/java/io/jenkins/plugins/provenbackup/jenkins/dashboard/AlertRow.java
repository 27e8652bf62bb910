package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import io.jenkins.plugins.provenbackup.engine.alerts.Alert;
import java.util.Date;

/** An alert, as a page shows it. Immutable. */
public final class AlertRow {

    private final Alert alert;

    AlertRow(Alert alert) {
        this.alert = alert;
    }

    /** The policy's name. */
    public String getPolicy() {
        return alert.policy();
    }

    /** Where to look, below the dashboard. */
    public String getUrl() {
        return Links.ofPolicy(alert.policy());
    }

    /** Which one. */
    public String getKey() {
        return alert.key();
    }

    /** What it is. */
    public String getTitle() {
        return alert.title();
    }

    /** What was found. */
    public String getText() {
        return alert.text();
    }

    /** When it was raised. */
    public Date getSince() {
        return Date.from(alert.since());
    }

    /** Whether somebody can say that it was meant. */
    public boolean isAcceptable() {
        return switch (alert.kind()) {
            case SNAPSHOT_REMOVED, REPOSITORY_SHRANK, SUSPICIOUS_CHANGE -> true;
            default -> false;
        };
    }
}
