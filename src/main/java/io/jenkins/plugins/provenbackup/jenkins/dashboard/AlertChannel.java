package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import hudson.ExtensionPoint;
import io.jenkins.plugins.provenbackup.engine.alerts.Notice;
import java.io.IOException;

/** A way to tell somebody of alerts. */
interface AlertChannel extends ExtensionPoint {

    /** Its name, which never changes. */
    String name();

    /** Whether somebody configured it. */
    boolean isConfigured();

    /**
     * Tells.
     *
     * @param link to the policy's page; empty when Jenkins does not know its own address
     * @throws io.jenkins.plugins.provenbackup.engine.alerts.Webhook.RefusedByServer when trying again would not help
     * @throws IOException when it may
     */
    void send(Notice notice, String link) throws IOException, InterruptedException;
}
