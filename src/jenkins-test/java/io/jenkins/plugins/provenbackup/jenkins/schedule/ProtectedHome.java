package io.jenkins.plugins.provenbackup.jenkins.schedule;

import io.jenkins.plugins.provenbackup.engine.OpenRequest;
import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.JenkinsHomeSource;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicyDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.secrets.ControllerKeys;
import io.jenkins.plugins.provenbackup.jenkins.secrets.DestinationAccess;
import io.jenkins.plugins.provenbackup.jenkins.steps.BackupSite;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import jenkins.model.Jenkins;

/** A Jenkins whose home policies back up to one local destination. */
public final class ProtectedHome {

    private final BackupSite site;
    private final String destination;

    private ProtectedHome(BackupSite site, String destination) {
        this.site = site;
        this.destination = destination;
    }

    /** The destination is this new directory, and called as it is; there is no policy yet. */
    public static ProtectedHome at(Path place) throws Exception {
        return new ProtectedHome(BackupSite.at(place), place.getFileName().toString());
    }

    /** What is at the destination. */
    public BackupSite site() {
        return site;
    }

    /** A policy of the home, which is for the caller to change and to configure. */
    public BackupPolicy policy(String name) {
        BackupPolicy policy = new BackupPolicy(name);
        policy.setSources(List.of(new JenkinsHomeSource()));
        policy.setDestinations(List.of(new PolicyDestination(destination)));
        return policy;
    }

    /** Backs up by a policy without a run of it; the id of the snapshot. */
    public String backUp(BackupPolicy policy) throws Exception {
        ProvenBackupConfiguration configuration = ProvenBackupConfiguration.get();
        try (ControllerKeys keys = ControllerKeys.open(configuration.keysOf(List.of(destination)));
                DestinationAccess access = DestinationAccess.forWriting(
                        configuration.destination(destination).orElseThrow())) {
            OpenRequest request = DestinationAccess.open(List.of(access));
            return new HomeBackup(
                            Jenkins.get().getRootDir().toPath(), HomeSource.ofController(), "test", Clock.systemUTC())
                    .run(configuration.toPolicy(policy), request, keys, ProgressListener.NONE)
                    .snapshot()
                    .orElseThrow()
                    .hex();
        }
    }
}
