package io.jenkins.plugins.provenbackup.jenkins.schedule;

import hudson.model.TaskListener;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.drill.UnattendedDrill;
import io.jenkins.plugins.provenbackup.jenkins.execution.Place;
import io.jenkins.plugins.provenbackup.jenkins.execution.RecoveryTestTask;
import io.jenkins.plugins.provenbackup.jenkins.execution.RestoreParameters;
import io.jenkins.plugins.provenbackup.jenkins.results.RecoveryTestReport;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** A run of a policy that makes a recovery drill, on the controller and as the system. */
final class DrillHost implements UnattendedDrill.Host {

    private final BackupPolicy policy;
    private final PolicyRun run;
    private final RunLog log;
    private final BooleanSupplier isStopped;

    DrillHost(BackupPolicy policy, PolicyRun run, RunLog log, BooleanSupplier isStopped) {
        this.policy = policy;
        this.run = run;
        this.log = log;
        this.isStopped = isStopped;
    }

    @Override
    public RecoveryTestTask task(RestoreParameters wish) throws IOException {
        return RecoveryTestTask.ofDrill(policy, wish, run.getAuthor(), log);
    }

    @Override
    public Place place() throws IOException {
        throw new IOException("a run of a policy has no workspace");
    }

    @Override
    public void tested(RecoveryTestReport report) {
        run.add(report);
    }

    @Override
    public boolean isStopped() {
        return isStopped.getAsBoolean();
    }

    @Override
    public TaskListener listener() {
        return log;
    }
}
