package io.jenkins.plugins.provenbackup.jenkins.home;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Queue;
import io.jenkins.plugins.provenbackup.jenkins.access.BootMode;
import java.util.List;

/** Lets nothing be built in a booted copy. */
@Extension(ordinal = Double.MAX_VALUE)
public final class BootQueue extends Queue.QueueDecisionHandler {

    @Override
    public boolean shouldSchedule(Queue.Task task, List<Action> actions) {
        return !BootMode.isOn();
    }
}
