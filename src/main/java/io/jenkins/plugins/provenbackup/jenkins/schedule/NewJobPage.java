package io.jenkins.plugins.provenbackup.jenkins.schedule;

import hudson.PluginManager;
import hudson.PluginWrapper;
import hudson.Util;
import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.ModelObject;
import hudson.model.TopLevelItem;
import hudson.security.AccessControlled;
import io.jenkins.plugins.provenbackup.jenkins.access.Granted;
import io.jenkins.plugins.provenbackup.jenkins.access.JobPatterns;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import jenkins.model.Jenkins;
import jenkins.model.ModifiableTopLevelItemGroup;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** Turns a policy into a Pipeline job, for whoever may create jobs in the chosen folder. For one request. */
public final class NewJobPage implements ModelObject {

    private final BackupPolicy policy;

    NewJobPage(BackupPolicy policy) {
        this.policy = policy;
    }

    /** Whether Pipeline jobs are to be had here. */
    static boolean isPossible() {
        return isActive("workflow-job") && isActive("workflow-cps");
    }

    private static boolean isActive(String plugin) {
        PluginManager plugins = Jenkins.get().getPluginManager();
        PluginWrapper found = plugins.getPlugin(plugin);
        return found != null && found.isActive();
    }

    @Override
    public String getDisplayName() {
        return Messages.NewJobPage_displayName();
    }

    /** The policy. */
    public BackupPolicy getPolicy() {
        return policy;
    }

    /** What a job that backs up would run. */
    public String getBackupScript() {
        return new PipelineOfPolicy(policy, RunKind.BACKUP).script();
    }

    /** What a job that tests the recovery would run. */
    public String getTestScript() {
        return new PipelineOfPolicy(policy, RunKind.RECOVERY_TEST).script();
    }

    /**
     * Creates the job.
     *
     * @param kind {@code backup} or {@code test}
     * @param folder full name; empty for the top
     */
    @POST
    public HttpResponse doCreate(
            StaplerRequest2 request,
            @QueryParameter String kind,
            @QueryParameter String folder,
            @QueryParameter String name)
            throws IOException {
        RunKind wanted = "test".equals(kind) ? RunKind.RECOVERY_TEST : RunKind.BACKUP;
        ModifiableTopLevelItemGroup parent = folder(Util.fixNull(folder).strip());
        String given = Util.fixNull(name).strip();
        requireAllowed(wanted, parent.getFullName().isEmpty() ? given : parent.getFullName() + "/" + given);
        String xml = new PipelineOfPolicy(policy, wanted).xml();
        try {
            TopLevelItem job =
                    parent.createProjectFromXML(given, new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
            return new HttpRedirect(request.getContextPath() + "/" + job.getUrl());
        } catch (IllegalArgumentException e) {
            throw new Failure(e.getMessage());
        }
    }

    private static ModifiableTopLevelItemGroup folder(String fullName) {
        Object found = fullName.isEmpty() ? Jenkins.get() : Jenkins.get().getItemByFullName(fullName);
        if (found instanceof AccessControlled place && found instanceof ModifiableTopLevelItemGroup folder) {
            place.checkPermission(Item.CREATE);
            return folder;
        }
        throw new Failure(Messages.NewJobPage_noFolder(fullName));
    }

    /** A job that the policy does not list could only fail. */
    private void requireAllowed(RunKind kind, String fullName) {
        Granted.Purpose purpose = kind == RunKind.BACKUP ? Granted.Purpose.BACK_UP : Granted.Purpose.RESTORE;
        boolean isAllowed;
        try {
            isAllowed = JobPatterns.parse(policy.allowedJobs(purpose)).matches(fullName);
        } catch (IllegalArgumentException e) {
            isAllowed = false;
        }
        if (!isAllowed) {
            throw new Failure(
                    purpose == Granted.Purpose.BACK_UP
                            ? Messages.NewJobPage_notAllowed(policy.getName(), fullName)
                            : Messages.NewJobPage_notRestoring(policy.getName(), fullName));
        }
    }
}
