package io.jenkins.plugins.provenbackup.jenkins.execution;

import hudson.AbortException;
import io.jenkins.plugins.provenbackup.jenkins.access.Granted;
import io.jenkins.plugins.provenbackup.jenkins.access.JobAccess;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import java.util.Optional;

/** The policy that a build names, if it may use it. */
public final class PolicyChoice {

    private PolicyChoice() {}

    /**
     * Looks it up.
     *
     * @param name empty for none
     * @throws AbortException when it does not exist or is not for this job; the message says what to do
     */
    public static Optional<BackupPolicy> of(String name, JobAccess access, Granted.Purpose purpose)
            throws AbortException {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        BackupPolicy policy = ProvenBackupConfiguration.get()
                .policy(name)
                .orElseThrow(() -> new AbortException("There is no policy '" + name
                        + "'. An administrator makes them under Manage Jenkins, System, Proven Backup."));
        access.requirePolicy(policy, purpose);
        return Optional.of(policy);
    }
}
