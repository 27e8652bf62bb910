package io.jenkins.plugins.provenbackup.jenkins.schedule;

import hudson.Extension;
import hudson.Util;
import hudson.model.RootAction;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicyLinks;
import io.jenkins.plugins.provenbackup.jenkins.configuration.VisiblePolicies;
import java.util.List;
import org.kohsuke.stapler.StaplerProxy;

/** What policies do by themselves: at {@code /proven-backup-runs/}, for who may see them. */
@Extension
public final class RunsPage implements RootAction, StaplerProxy {

    /** Below Jenkins' own address. */
    static final String URL = "proven-backup-runs";

    /** Shown in the dashboard, and not in every side panel. */
    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return Messages.RunsPage_displayName();
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    @Override
    public Object getTarget() {
        VisiblePolicies.require();
        return this;
    }

    /** Where the other parts of the plugin tell more. */
    public List<PolicyLinks.Target> getLinks() {
        return PolicyLinks.from(RunPages.class);
    }

    /** One for each policy that the user may see. */
    public List<PolicyRunsPage> getPolicies() {
        return VisiblePolicies.current().all().stream().map(PolicyRunsPage::new).toList();
    }

    /** That of one policy; null when there is none of that name, and for one that the user may not see. */
    public PolicyRunsPage getPolicy(String name) {
        return VisiblePolicies.current().find(name).map(PolicyRunsPage::new).orElse(null);
    }

    /** Where the runs of a policy are shown, below Jenkins' own address. */
    public static String urlOf(BackupPolicy policy) {
        return URL + "/policy/" + Util.rawEncode(policy.getName()) + "/";
    }
}
