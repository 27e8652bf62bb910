package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import hudson.Extension;
import hudson.model.RootAction;
import io.jenkins.plugins.provenbackup.jenkins.access.BackupPermissions;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicyLinks;
import io.jenkins.plugins.provenbackup.jenkins.configuration.VisiblePolicies;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.POST;

/** One row for each policy, from the last look at it: is everything backed up, would it restore, how do we know. */
@Extension
public final class Dashboard implements RootAction, StaplerProxy {

    static final String URL = "proven-backup";

    @Override
    public String getIconFileName() {
        return Jenkins.get().hasPermission(BackupPermissions.VIEW) ? "symbol-proven-backup plugin-proven-backup" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.Dashboard_displayName();
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

    /** The policies that the user may see, the worst first. */
    public List<PolicyRow> getRows() {
        Instant now = Instant.now();
        List<PolicyRow> rows = new ArrayList<>();
        for (BackupPolicy policy : VisiblePolicies.current().all()) {
            rows.add(new PolicyRow(policy, Standings.get().of(policy.getName()), now));
        }
        rows.sort(Comparator.comparing(PolicyRow::getLight).reversed());
        return rows;
    }

    /** Of some rows, those of one colour. */
    public long count(List<PolicyRow> rows, String light) {
        return rows.stream().filter(row -> row.getLight().name().equals(light)).count();
    }

    /** In a sentence, how all of them stand. */
    public String summary(List<PolicyRow> rows) {
        long bad = count(rows, Light.BAD.name());
        long unknown = count(rows, Light.UNKNOWN.name());
        if (rows.isEmpty()) {
            return "";
        }
        return bad + unknown == 0
                ? Messages.Dashboard_allGood(rows.size())
                : Messages.Dashboard_notAllGood(rows.size(), bad, unknown);
    }

    /** The page of a policy; null for one that the user may not see. */
    public PolicyPage getPolicy(String name) {
        return VisiblePolicies.current()
                .find(name)
                .map(policy -> new PolicyPage(policy, Standings.get().of(name)))
                .orElse(null);
    }

    /** Where the other parts of the plugin tell more. */
    public List<PolicyLinks.Target> getLinks() {
        return PolicyLinks.from(DashboardPages.class);
    }

    /** Whether the user may ask for a look. */
    public boolean isConfigurer() {
        return Jenkins.get().hasPermission(BackupPermissions.CONFIGURE);
    }

    /** Looks at everything, soon. */
    @POST
    public HttpResponse doLook() {
        Jenkins.get().checkPermission(BackupPermissions.RUN);
        VisiblePolicies.current().all().forEach(PolicyWatch.get()::lookSoon);
        return new HttpRedirect(".");
    }

    /** What the user may see, in the text format of Prometheus. */
    public void doPrometheus(StaplerResponse2 response) throws IOException {
        VisiblePolicies.require();
        ComplianceMetrics metrics = new ComplianceMetrics();
        for (BackupPolicy policy : VisiblePolicies.current().all()) {
            metrics.add(Standings.get().of(policy.getName()));
        }
        metrics.send(response);
    }
}
