package io.jenkins.plugins.provenbackup.jenkins.schedule;

import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import java.util.ArrayList;
import java.util.List;

/**
 * A schedule of a policy, and what it asks for.
 *
 * @param key of the plan
 * @param kind what is done; a policy of which the controller reads nothing is only kept in order
 * @param text by which a change is noticed
 * @param times when
 */
record PolicySchedule(String key, RunKind kind, String text, Times times) {

    /** Those that are set. */
    static List<PolicySchedule> of(BackupPolicy policy) {
        List<PolicySchedule> all = new ArrayList<>();
        if (!policy.getSchedule().isEmpty()) {
            RunKind kind = policy.controllerSources().isEmpty() ? RunKind.PRUNE : RunKind.BACKUP;
            all.add(new PolicySchedule(
                    key(policy.getName(), kind), kind, text(policy, policy.getSchedule()), policy::nextRun));
        }
        if (!policy.getTestSchedule().isEmpty()) {
            RunKind kind = RunKind.RECOVERY_TEST;
            all.add(new PolicySchedule(
                    key(policy.getName(), kind), kind, text(policy, policy.getTestSchedule()), policy::nextTest));
        }
        return all;
    }

    static String key(String policy, RunKind kind) {
        return kind + ":" + policy;
    }

    private static String text(BackupPolicy policy, String schedule) {
        return policy.getTimeZone() + "\n" + schedule;
    }
}
