package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.compliance.PolicyDestinations;
import io.jenkins.plugins.provenbackup.engine.policy.Facts;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.engine.policy.runbook.RecoveryText;
import io.jenkins.plugins.provenbackup.engine.policy.runbook.Tool;
import io.jenkins.plugins.provenbackup.engine.recovery.RecoveryPage;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import java.io.IOException;
import java.util.List;

/** Keeps RECOVERY.md at destinations. A backup is no worse without it, so what fails is told and passed over. */
final class RecoveryPages {

    private static final String JAR = "proven-backup-cli.jar";

    private final Context context;

    RecoveryPages(Context context) {
        this.context = context;
    }

    /** What the commands in texts are run with. */
    static Tool tool() {
        return new Tool(JAR, Version.number());
    }

    /** Writes the general page where there is none. */
    void putFirst(List<Replica> replicas) {
        for (Replica replica : replicas) {
            try {
                RecoveryPage.putFirst(replica, tool());
            } catch (IOException e) {
                failed(replica, e);
            }
        }
    }

    /** Writes the policy's page where another one is. */
    void keep(Policy policy, PolicyDestinations destinations, Facts facts) {
        for (Policy.Destination one : policy.destinations()) {
            Replica replica = destinations.reached().get(one.name());
            if (replica == null) {
                continue;
            }
            try {
                RecoveryPage.keep(
                        replica, RecoveryText.of(policy, one, facts, tool()).markdown());
            } catch (IOException e) {
                failed(replica, e);
            }
        }
    }

    private void failed(Replica replica, IOException e) {
        context.output()
                .warning("RECOVERY.md at " + replica.location() + " was not written, which harms no backup: "
                        + Messages.of(e));
    }
}
