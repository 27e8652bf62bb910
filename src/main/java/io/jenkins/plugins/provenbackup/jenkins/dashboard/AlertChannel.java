package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import hudson.ExtensionPoint;
import io.jenkins.plugins.provenbackup.engine.alerts.Notice;
import java.io.IOException;
import java.util.List;

/** A way to tell somebody of alerts. */
interface AlertChannel extends ExtensionPoint {

    /** Its name, which never changes. */
    String name();

    /** Whom it tells, each by a message of their own: none when nobody configured it, one empty text for a channel to one place. */
    List<String> recipients();

    /**
     * Tells.
     *
     * @param recipient one of those
     * @param link to the policy's page; empty when Jenkins does not know its own address
     * @throws io.jenkins.plugins.provenbackup.engine.alerts.RefusedByServer when trying again would not help
     * @throws IOException when it may
     */
    void send(Notice notice, String recipient, String link) throws IOException, InterruptedException;
}
