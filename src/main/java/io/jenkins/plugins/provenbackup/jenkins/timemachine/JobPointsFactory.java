package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import hudson.Extension;
import hudson.model.AbstractItem;
import hudson.model.Action;
import io.jenkins.plugins.provenbackup.engine.source.home.HomePlace;
import io.jenkins.plugins.provenbackup.jenkins.access.BackupPermissions;
import io.jenkins.plugins.provenbackup.jenkins.access.BootMode;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;

/** Gives each job and folder that lies in the home its page of recovery points, where a policy backs up the home. */
@Extension
public final class JobPointsFactory extends TransientActionFactory<AbstractItem> {

    @Override
    public Class<AbstractItem> type() {
        return AbstractItem.class;
    }

    @Override
    public Class<? extends Action> actionType() {
        return JobPoints.class;
    }

    @Override
    public Collection<? extends Action> createFor(AbstractItem item) {
        if (BootMode.isOn()
                || !item.hasPermission(BackupPermissions.VIEW)
                || TimeMachine.policies().isEmpty()) {
            return List.of();
        }
        return PresentItems.pathOf(item)
                .filter(path -> HomePlace.of(path).isItem())
                .map(path -> List.of(new JobPoints(item, path)))
                .orElse(List.of());
    }
}
