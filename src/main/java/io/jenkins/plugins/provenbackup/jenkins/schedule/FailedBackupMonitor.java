package io.jenkins.plugins.provenbackup.jenkins.schedule;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import java.util.ArrayList;
import java.util.List;

/** Tells administrators when the last run of a kind that a policy made by itself failed, until one succeeds. */
@Extension
public final class FailedBackupMonitor extends AdministrativeMonitor {

    @Override
    public String getDisplayName() {
        return Messages.FailedBackupMonitor_displayName();
    }

    @Override
    public boolean isActivated() {
        return !getRuns().isEmpty() || !getHindered().isEmpty();
    }

    /** Those runs. */
    public List<PolicyRun> getRuns() {
        List<PolicyRun> failed = new ArrayList<>();
        for (BackupPolicy policy : ProvenBackupConfiguration.get().getPolicies()) {
            for (RunKind kind : RunKind.values()) {
                PolicyRuns.get().of(policy.getName()).stream()
                        .filter(run -> run.getKind() == kind && !run.isRunning())
                        .filter(run -> run.getResult() != RunResult.STOPPED)
                        .findFirst()
                        .filter(run -> run.getResult() == RunResult.FAILED)
                        .ifPresent(failed::add);
            }
        }
        return failed;
    }

    /** What could not even begin, in sentences. */
    public List<String> getHindered() {
        return PolicySchedules.get().hindered().entrySet().stream()
                .map(one -> Messages.FailedBackupMonitor_hindered(one.getKey(), one.getValue()))
                .sorted()
                .toList();
    }
}
