package io.jenkins.plugins.provenbackup.jenkins.configuration;

import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.provenbackup.jenkins.access.BackupPermissions;
import io.jenkins.plugins.provenbackup.jenkins.access.Granted;
import io.jenkins.plugins.provenbackup.jenkins.access.JobPatterns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;

/**
 * Which policies the user of this request may see, on every page and in every interface: whoever configures them, all; anybody else
 * who may view backups, those of this Jenkins' home and those that a job may use on which the user may view backups. What is not for
 * the user looks like what is not there. For one request and one thread.
 */
public final class VisiblePolicies {

    /** Jobs whose backups the user may view; null until a pattern asks for them. */
    private List<Job<?, ?>> jobs;

    private VisiblePolicies() {}

    /** Those of the one that the calling thread acts for. */
    public static VisiblePolicies current() {
        return new VisiblePolicies();
    }

    /**
     * Lets pass who may see any at all.
     *
     * @throws org.springframework.security.access.AccessDeniedException for all others
     */
    public static void require() {
        Jenkins.get().checkPermission(BackupPermissions.VIEW);
    }

    /** All of them, in the order of the configuration. */
    public List<BackupPolicy> all() {
        return ProvenBackupConfiguration.get().getPolicies().stream()
                .filter(this::has)
                .toList();
    }

    /** The one of a name; empty, too, when the user may not see it. */
    public Optional<BackupPolicy> find(String name) {
        return ProvenBackupConfiguration.get().policy(name).filter(this::has);
    }

    /** Whether the user may see it. */
    public boolean has(BackupPolicy policy) {
        Jenkins jenkins = Jenkins.get();
        if (jenkins.hasPermission(BackupPermissions.CONFIGURE)) {
            return true;
        }
        return jenkins.hasPermission(BackupPermissions.VIEW) && (policy.hasJenkinsHome() || mayViewAJobOf(policy));
    }

    private boolean mayViewAJobOf(BackupPolicy policy) {
        JobPatterns patterns;
        try {
            patterns = JobPatterns.parse(policy.allowedJobs(Granted.Purpose.BACK_UP));
        } catch (IllegalArgumentException e) {
            // No job may use it, either.
            return false;
        }
        return !patterns.isEmpty() && viewed().stream().anyMatch(patterns::matches);
    }

    private List<Job<?, ?>> viewed() {
        if (jobs == null) {
            jobs = new ArrayList<>();
            for (Job<?, ?> job : Jenkins.get().getAllItems(Job.class)) {
                if (job.hasPermission(Item.READ) && job.hasPermission(BackupPermissions.VIEW)) {
                    jobs.add(job);
                }
            }
        }
        return jobs;
    }
}
