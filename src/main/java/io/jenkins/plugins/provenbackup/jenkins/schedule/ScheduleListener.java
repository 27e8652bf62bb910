package io.jenkins.plugins.provenbackup.jenkins.schedule;

import hudson.Extension;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.provenbackup.jenkins.access.BootMode;

/** Ends what policies do by themselves before Jenkins ends. */
@Extension
public final class ScheduleListener extends ItemListener {

    @Override
    public void onBeforeShutdown() {
        if (BootMode.isOn()) {
            return;
        }
        try {
            PolicySchedules.get().shutDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
