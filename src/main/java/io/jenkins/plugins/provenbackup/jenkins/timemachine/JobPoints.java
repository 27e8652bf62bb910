package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import hudson.model.AbstractItem;
import hudson.model.Action;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.jenkins.access.BackupPermissions;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** The recovery points of one job or folder, at {@code job/NAME/recovery-points/}. Lives for one request. */
public final class JobPoints implements Action {

    private final AbstractItem item;
    private final EntryPath path;

    JobPoints(AbstractItem item, EntryPath path) {
        this.item = item;
        this.path = path;
    }

    public AbstractItem getItem() {
        return item;
    }

    @Override
    public String getIconFileName() {
        return item.hasPermission(BackupPermissions.VIEW) ? TimeMachine.ICON : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.TimeMachine_displayName();
    }

    @Override
    public String getUrlName() {
        return TimeMachine.URL;
    }

    /** Names of all policies that back up the home. */
    public List<String> getPolicies() {
        return TimeMachine.policies().stream().map(BackupPolicy::getName).toList();
    }

    /** Its versions, by the policy that is asked for, or the first. */
    public void doIndex(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        item.checkPermission(BackupPermissions.VIEW);
        String wanted = request.getParameter("policy");
        List<BackupPolicy> policies = TimeMachine.policies();
        BackupPolicy policy = policies.stream()
                .filter(one -> one.getName().equals(wanted))
                .findFirst()
                .orElse(policies.get(0));
        request.setAttribute("policy", policy.getName());
        request.setAttribute("pages", TimeMachine.addressOf(policy.getName()));
        HomePages.show(
                this,
                new HomePages.Question(policy, "versions"),
                request,
                response,
                home -> HistoryPage.of(home, path));
    }
}
