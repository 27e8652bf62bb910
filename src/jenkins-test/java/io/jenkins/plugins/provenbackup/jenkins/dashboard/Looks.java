package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import java.time.Clock;

/** Looks at policies when a test says so. */
public final class Looks {

    private Looks() {}

    /** At one of them; when this returns, the look is over. */
    public static void at(String policy) {
        PolicyWatch.get().look(ProvenBackupConfiguration.get().policy(policy).orElseThrow(), Clock.systemUTC());
    }
}
