package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import hudson.model.Job;
import io.jenkins.plugins.provenbackup.jenkins.access.BackupPermissions;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import jenkins.model.Jenkins;
import org.springframework.security.access.AccessDeniedException;

/**
 * Which policies the user of this request may see: whoever configures them, all; anybody else who may view backups, those of this
 * Jenkins' home and those that a job follows which they may read.
 */
final class Visibility {

    private Visibility() {}

    static void require() {
        Jenkins.get().checkPermission(BackupPermissions.VIEW);
    }

    static boolean of(BackupPolicy policy, Standing standing) {
        Jenkins jenkins = Jenkins.get();
        if (jenkins.hasPermission(BackupPermissions.CONFIGURE)) {
            return true;
        }
        return jenkins.hasPermission(BackupPermissions.VIEW)
                && (policy.hasJenkinsHome() || standing.jobs().stream().anyMatch(Visibility::of));
    }

    private static boolean of(String job) {
        try {
            Job<?, ?> found = Jenkins.get().getItemByFullName(job, Job.class);
            return found != null && found.hasPermission(BackupPermissions.VIEW);
        } catch (AccessDeniedException e) {
            return false;
        }
    }
}
