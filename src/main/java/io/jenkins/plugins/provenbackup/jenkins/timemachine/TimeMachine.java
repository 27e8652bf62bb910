package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import hudson.Extension;
import hudson.Util;
import hudson.model.RootAction;
import io.jenkins.plugins.provenbackup.jenkins.access.BackupPermissions;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;

/**
 * The pages at {@code /recovery-points/}: what the backups of this Jenkins' home hold, restores, and the log of restores. Each page
 * below finds out itself what whoever asks may see.
 */
@Extension
public final class TimeMachine implements RootAction {

    static final String URL = "recovery-points";
    private static final String HOME = "home/";
    static final String ICON = "symbol-proven-backup plugin-proven-backup";

    private final transient RestoreWorks works = new RestoreWorks();

    @Override
    public String getIconFileName() {
        return Jenkins.get().hasPermission(BackupPermissions.VIEW)
                        && !getPolicies().isEmpty()
                ? ICON
                : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.TimeMachine_displayName();
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    /** Names of the policies that back up the home of this Jenkins. */
    public List<String> getPolicies() {
        return policies().stream().map(BackupPolicy::getName).toList();
    }

    /** Where the pages about a policy's home are, from the root of Jenkins. */
    public static String addressOf(String policy) {
        return URL + "/" + HOME + Util.rawEncode(policy) + "/";
    }

    static List<BackupPolicy> policies() {
        return ProvenBackupConfiguration.get().getPolicies().stream()
                .filter(BackupPolicy::hasJenkinsHome)
                .toList();
    }

    /** The first page: the recovery points, where there is one policy. */
    public HttpResponse doIndex() {
        Jenkins.get().checkPermission(BackupPermissions.VIEW);
        List<String> policies = getPolicies();
        return policies.size() == 1
                ? new HttpRedirect(HOME + Util.rawEncode(policies.get(0)) + "/")
                : HttpResponses.forwardToView(this, "policies.jelly");
    }

    /** The pages about a policy's home; null when there is none of that name. */
    public HomePages getHome(String policy) {
        Optional<BackupPolicy> found =
                policies().stream().filter(one -> one.getName().equals(policy)).findFirst();
        return found.map(one -> new HomePages(one, works)).orElse(null);
    }

    /** A restore; null when there is none of that id. */
    public RestoreWork getWork(String id) {
        return works.find(id).orElse(null);
    }

    /** The log of restores. */
    public RestoreLog getLog() throws IOException {
        return RestoreLog.current();
    }
}
