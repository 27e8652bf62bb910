package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.security.Permission;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.provenbackup.engine.alerts.MailAddresses;
import io.jenkins.plugins.provenbackup.engine.alerts.Webhook;
import io.jenkins.plugins.provenbackup.jenkins.access.BackupPermissions;
import io.jenkins.plugins.provenbackup.jenkins.secrets.SecretText;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** Who is told of alerts. Thread-safe. */
@Extension
@Symbol("provenBackupAlerts")
public final class AlertConfiguration extends GlobalConfiguration {

    private volatile String webhookUrl = "";
    private volatile String webhookCredentialsId = "";
    private volatile String mailRecipients = "";

    public AlertConfiguration() {
        load();
    }

    /** The one of this Jenkins. */
    public static AlertConfiguration get() {
        return ExtensionList.lookupSingleton(AlertConfiguration.class);
    }

    @Override
    public String getDisplayName() {
        return Messages.AlertConfiguration_displayName();
    }

    @Override
    public Permission getRequiredGlobalConfigPagePermission() {
        return BackupPermissions.CONFIGURE;
    }

    @Override
    public boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        String url = json.optString("webhookUrl").strip();
        if (!url.isEmpty()) {
            try {
                Webhook.parse(url);
            } catch (IllegalArgumentException e) {
                throw new FormException(e.getMessage(), "webhookUrl");
            }
        }
        String addresses = json.optString("mailRecipients").strip();
        try {
            MailAddresses.parse(addresses);
        } catch (IllegalArgumentException e) {
            throw new FormException(e.getMessage(), "mailRecipients");
        }
        webhookUrl = url;
        mailRecipients = addresses;
        webhookCredentialsId = json.optString("webhookCredentialsId").strip();
        save();
        return true;
    }

    /** Where alerts are sent as JSON; empty for nowhere. */
    public String getWebhookUrl() {
        return webhookUrl;
    }

    @DataBoundSetter
    public void setWebhookUrl(String webhookUrl) {
        this.webhookUrl = Util.fixNull(webhookUrl).strip();
        save();
    }

    /** Credentials with a secret text, sent as a bearer token; empty for none. */
    public String getWebhookCredentialsId() {
        return webhookCredentialsId;
    }

    @DataBoundSetter
    public void setWebhookCredentialsId(String webhookCredentialsId) {
        this.webhookCredentialsId = Util.fixNull(webhookCredentialsId).strip();
        save();
    }

    /** Mail addresses of those who are told by mail, with white space or commas between; empty for nobody. */
    public String getMailRecipients() {
        return Util.fixNull(mailRecipients);
    }

    @DataBoundSetter
    public void setMailRecipients(String mailRecipients) {
        String addresses = Util.fixNull(mailRecipients).strip();
        MailAddresses.parse(addresses);
        this.mailRecipients = addresses;
        save();
    }

    @POST
    public FormValidation doCheckMailRecipients(@QueryParameter String value) {
        Jenkins.get().checkPermission(BackupPermissions.CONFIGURE);
        try {
            boolean isEmpty = MailAddresses.parse(Util.fixNull(value)).isEmpty();
            return isEmpty || AlertChannels.hasMail()
                    ? FormValidation.ok()
                    : FormValidation.warning(Messages.AlertConfiguration_noMailer());
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    @POST
    public FormValidation doCheckWebhookUrl(@QueryParameter String value) {
        Jenkins.get().checkPermission(BackupPermissions.CONFIGURE);
        if (value.isBlank()) {
            return FormValidation.ok();
        }
        try {
            boolean isPlain = "http".equalsIgnoreCase(Webhook.parse(value).getScheme());
            return isPlain ? FormValidation.warning(Messages.AlertConfiguration_plain()) : FormValidation.ok();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    @POST
    public ListBoxModel doFillWebhookCredentialsIdItems(@QueryParameter String webhookCredentialsId) {
        Jenkins.get().checkPermission(BackupPermissions.CONFIGURE);
        return SecretText.ids(Util.fixNull(webhookCredentialsId));
    }
}
