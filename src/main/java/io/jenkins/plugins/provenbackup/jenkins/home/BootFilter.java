package io.jenkins.plugins.provenbackup.jenkins.home;

import hudson.Extension;
import hudson.ExtensionComponent;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.AperiodicWork;
import hudson.model.PeriodicWork;
import hudson.slaves.ComputerListener;
import io.jenkins.plugins.provenbackup.jenkins.access.BootMode;
import java.util.List;
import jenkins.ExtensionFilter;
import jenkins.model.Jenkins;

/**
 * Takes from a booted copy what works by itself: whoever waits for agents, and periodic work, the triggers of jobs among it. Periodic
 * work stays listed until the jobs are loaded, since plugins ask for their own while they start, and is gone before Jenkins
 * schedules any.
 */
@Extension(ordinal = Double.MAX_VALUE)
public final class BootFilter extends ExtensionFilter {

    @Override
    public <T> boolean allows(Class<T> type, ExtensionComponent<T> component) {
        if (!BootMode.isOn()) {
            return true;
        }
        Object extension = component.getInstance();
        if (extension instanceof ComputerListener) {
            return false;
        }
        return !(extension instanceof PeriodicWork || extension instanceof AperiodicWork) || nothingIsScheduledYet();
    }

    private static boolean nothingIsScheduledYet() {
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        return jenkins != null && jenkins.getInitLevel().compareTo(InitMilestone.JOB_LOADED) < 0;
    }

    /** Takes the periodic work away. Jenkins schedules what is listed after {@link InitMilestone#JOB_CONFIG_ADAPTED}, not before. */
    @Initializer(after = InitMilestone.JOB_LOADED, before = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void silence() {
        if (BootMode.isOn()) {
            takeAll(ExtensionList.lookup(PeriodicWork.class));
            takeAll(ExtensionList.lookup(AperiodicWork.class));
        }
    }

    private static <T> void takeAll(ExtensionList<T> list) {
        list.removeAll(List.copyOf(list));
        if (!list.isEmpty()) {
            throw new IllegalStateException("periodic work cannot be taken out of this copy: " + list);
        }
    }
}
