package io.jenkins.plugins.provenbackup.jenkins.drill;

import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.OpenDestinations;
import io.jenkins.plugins.provenbackup.engine.OpenRequest;
import io.jenkins.plugins.provenbackup.engine.Reason;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.compliance.PolicyDestinations;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.secrets.ControllerKeys;
import io.jenkins.plugins.provenbackup.jenkins.secrets.DestinationAccess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Looks, before a drill, at what the destinations of a policy hold and at what earlier tests measured. As the system; for one thread. */
final class DrillLook {

    private final ProvenBackupConfiguration configuration = ProvenBackupConfiguration.get();
    private final Policy policy;

    /**
     * Reads nothing yet.
     *
     * @throws IllegalArgumentException when the policy is not complete, in words for the user
     */
    DrillLook(BackupPolicy configured) {
        this.policy = configuration.toPolicy(configured);
    }

    /**
     * Looks. Destinations that do not answer are part of what is found.
     *
     * @throws IOException when nobody can tell: no keys, several repositories, something unreadable
     * @throws IllegalArgumentException when the destinations have no keys, in words for the user
     */
    DrillFacts.Found run() throws IOException, InterruptedException {
        List<String> names =
                policy.destinations().stream().map(Policy.Destination::name).toList();
        List<DestinationAccess> access = new ArrayList<>();
        try (ControllerKeys keys = ControllerKeys.open(configuration.keysOf(names))) {
            for (String name : names) {
                access.add(DestinationAccess.forWriting(
                        configuration.destination(name).orElseThrow()));
            }
            OpenRequest request = DestinationAccess.open(access);
            try {
                return look(request, keys);
            } finally {
                DestinationAccess.wipe(request);
            }
        } finally {
            access.forEach(DestinationAccess::close);
        }
    }

    private DrillFacts.Found look(OpenRequest request, ControllerKeys keys) throws IOException, InterruptedException {
        Destinations opened;
        try {
            opened = OpenDestinations.runForCheck(request);
        } catch (RefusedException e) {
            throw e;
        } catch (IOException e) {
            return DrillFacts.noneAnswers(policy, Reason.of(e));
        }
        try (Destinations all = opened;
                Destinations trusted = all.trusted(keys.backupKey())) {
            return new DrillFacts(policy, PolicyDestinations.of(policy, trusted), keys.backupKey()).run();
        }
    }
}
