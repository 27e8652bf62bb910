package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import hudson.ExtensionList;
import hudson.PluginWrapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;

/** All ways to tell somebody of alerts, as far as this Jenkins has what they need. */
final class AlertChannels {

    private static final String MAILER = "mailer";

    private AlertChannels() {}

    static List<AlertChannel> all() {
        List<AlertChannel> all = new ArrayList<>(ExtensionList.lookup(AlertChannel.class));
        if (hasMail()) {
            // No extension: its class cannot be loaded where Mailer is missing.
            all.add(new MailChannel());
        }
        return all;
    }

    /** The one that has this name and still tells this recipient. */
    static Optional<AlertChannel> find(String name, String recipient) {
        return all().stream()
                .filter(one -> one.name().equals(name) && one.recipients().contains(recipient))
                .findFirst();
    }

    /** Whether the Mailer plugin is there, by which mails are sent. */
    static boolean hasMail() {
        PluginWrapper mailer = Jenkins.get().getPluginManager().getPlugin(MAILER);
        return mailer != null && mailer.isActive();
    }
}
