package io.jenkins.plugins.provenbackup.engine.policy;

/** Numbers with what they count. */
final class Counted {

    private Counted() {}

    /** Like {@code 1 snapshot} or {@code 3 snapshots}. */
    static String of(long number, String one) {
        return number + " " + one + (number == 1 ? "" : "s");
    }
}
