package io.jenkins.plugins.provenbackup.jenkins.schedule;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.AdministrativeMonitor;
import java.util.Map;
import java.util.TreeMap;

/** Tells administrators when the last scheduled backup of a policy failed. */
@Extension
public final class FailedBackupMonitor extends AdministrativeMonitor {

    @Override
    public String getDisplayName() {
        return Messages.FailedBackupMonitor_displayName();
    }

    @Override
    public boolean isActivated() {
        return !getProblems().isEmpty();
    }

    /** Policies with the reason. */
    public Map<String, String> getProblems() {
        return new TreeMap<>(
                ExtensionList.lookupSingleton(ScheduledBackups.class).problems());
    }
}
