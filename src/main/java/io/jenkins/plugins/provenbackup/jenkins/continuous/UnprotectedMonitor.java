package io.jenkins.plugins.provenbackup.jenkins.continuous;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import java.util.List;

/** Tells administrators when what they configure is not protected as a policy says. */
@Extension
public final class UnprotectedMonitor extends AdministrativeMonitor {

    @Override
    public String getDisplayName() {
        return Messages.UnprotectedMonitor_displayName();
    }

    @Override
    public boolean isActivated() {
        return !getProblems().isEmpty();
    }

    /** In sentences. */
    public List<String> getProblems() {
        return ProvenBackupConfiguration.get().getPolicies().stream()
                .filter(BackupPolicy::isContinuous)
                .flatMap(policy -> ContinuousProtection.get().of(policy.getName()).stream()
                        .filter(one -> !one.problem().isEmpty())
                        .map(one -> Messages.UnprotectedMonitor_problem(policy.getName(), one.problem())))
                .toList();
    }
}
