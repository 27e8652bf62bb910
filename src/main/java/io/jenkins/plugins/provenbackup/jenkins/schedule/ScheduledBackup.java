package io.jenkins.plugins.provenbackup.jenkins.schedule;

import hudson.PluginWrapper;
import io.jenkins.plugins.provenbackup.engine.OpenRequest;
import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.backup.Backup;
import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicyDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.secrets.ControllerKeys;
import io.jenkins.plugins.provenbackup.jenkins.secrets.DestinationAccess;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** One run of a policy with a JENKINS_HOME. */
final class ScheduledBackup {

    private static final Logger LOGGER = Logger.getLogger(ScheduledBackup.class.getName());

    private final BackupPolicy policy;

    ScheduledBackup(BackupPolicy policy) {
        this.policy = policy;
    }

    /** Runs it; says what went wrong, or nothing. */
    String run() {
        Thread thread = Thread.currentThread();
        thread.setContextClassLoader(Backup.class.getClassLoader());
        try {
            BackupResult result = backUp();
            LOGGER.log(Level.INFO, "Policy {0}: snapshot {1} of {2} files at {3} destinations", new Object[] {
                policy.getName(),
                result.snapshot().map(id -> id.brief()).orElse(""),
                result.totals().files(),
                result.copies()
            });
            return "";
        } catch (IOException | IllegalArgumentException e) {
            LOGGER.log(Level.WARNING, "Policy {0}: {1}", new Object[] {policy.getName(), e.getMessage()});
            return e.getMessage();
        } catch (InterruptedException e) {
            return Messages.ScheduledBackup_stopped();
        } catch (RuntimeException e) {
            LOGGER.log(Level.SEVERE, e, () -> "Policy " + policy.getName() + " failed");
            return Messages.ScheduledBackup_unexpected(e.toString());
        }
    }

    private BackupResult backUp() throws IOException, InterruptedException {
        ProvenBackupConfiguration configuration = ProvenBackupConfiguration.get();
        List<String> names = policy.getDestinations().stream()
                .map(PolicyDestination::getName)
                .toList();
        List<DestinationAccess> access = new ArrayList<>();
        try (ControllerKeys keys = ControllerKeys.open(configuration.keysOf(names))) {
            for (String name : names) {
                access.add(DestinationAccess.forWriting(
                        configuration.destination(name).orElseThrow()));
            }
            OpenRequest request = DestinationAccess.open(access);
            try {
                return new HomeBackup(
                                Jenkins.get().getRootDir().toPath(),
                                HomeSource.of(policy),
                                version(),
                                Clock.systemUTC())
                        .run(configuration.toPolicy(policy), request, keys, ProgressListener.NONE);
            } finally {
                DestinationAccess.wipe(request);
            }
        } finally {
            access.forEach(DestinationAccess::close);
        }
    }

    private static String version() {
        PluginWrapper plugin = Jenkins.get().getPluginManager().whichPlugin(ScheduledBackup.class);
        return plugin == null ? "" : plugin.getVersion();
    }
}
