package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.HealthReportingAction;
import hudson.model.Run;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.metrics.BackupMetricsAction;
import io.jenkins.plugins.provenbackup.jenkins.results.Report;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import jenkins.model.TransientActionFactory;

/** Gives jobs that follow a policy its health: those of which one of the last builds made a backup by it. */
@Extension
@SuppressWarnings("rawtypes") // Jenkins asks by the raw class
public final class JobHealthFactory extends TransientActionFactory<Run> {

    private static final int MOST_BUILDS = 5;

    @Override
    public Class<Run> type() {
        return Run.class;
    }

    @Override
    public Class<? extends Action> actionType() {
        return HealthReportingAction.class;
    }

    @Override
    public Collection<? extends Action> createFor(Run run) {
        ProvenBackupConfiguration configuration = ProvenBackupConfiguration.get();
        if (configuration.getPolicies().isEmpty()) {
            return List.of();
        }
        return followed(run).stream()
                .filter(name -> configuration.policy(name).isPresent())
                .map(name -> new JobHealth(Standings.get().health(name)))
                .toList();
    }

    private static Set<String> followed(Run<?, ?> newest) {
        Set<String> policies = new TreeSet<>();
        Run<?, ?> build = newest;
        for (int looked = 0; build != null && looked < MOST_BUILDS; looked++) {
            BackupMetricsAction action = build.getAction(BackupMetricsAction.class);
            if (action != null) {
                action.getReports().stream().map(Report::getPolicy).forEach(policies::add);
            }
            build = build.getPreviousBuild();
        }
        policies.remove("");
        return policies;
    }
}
