package io.jenkins.plugins.provenbackup.jenkins.home;

import hudson.Extension;
import hudson.ExtensionComponent;
import hudson.model.AperiodicWork;
import hudson.model.PeriodicWork;
import hudson.slaves.ComputerListener;
import io.jenkins.plugins.provenbackup.jenkins.access.BootMode;
import jenkins.ExtensionFilter;

/** Takes from a booted copy what works by itself: periodic work, the triggers of jobs among it, and whoever waits for agents. */
@Extension(ordinal = Double.MAX_VALUE)
public final class BootFilter extends ExtensionFilter {

    @Override
    public <T> boolean allows(Class<T> type, ExtensionComponent<T> component) {
        if (!BootMode.isOn()) {
            return true;
        }
        Object extension = component.getInstance();
        return !(extension instanceof PeriodicWork
                || extension instanceof AperiodicWork
                || extension instanceof ComputerListener);
    }
}
