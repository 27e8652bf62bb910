package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import io.jenkins.plugins.provenbackup.engine.policy.Control;

/** The way out of a broken promise, for whoever uses Jenkins; the engine's own advice is for the command line. */
final class Advice {

    private Advice() {}

    static String on(Control control) {
        return switch (control.kind()) {
            case RPO, FULL_EVERY -> Messages.Advice_backup();
            case RTO, RECOVERY_TEST -> Messages.Advice_test();
            case ERRORS -> Messages.Advice_errors();
            case COPIES, MEDIA, OFFSITE, IMMUTABLE -> Messages.Advice_copies();
            case UNREADABLE -> Messages.Advice_unreadable();
            case RETENTION -> Messages.Advice_retention();
            case REMOVED -> Messages.Advice_removed();
            case DRIFT ->
                control.subject()
                        .map(subject ->
                                subject.equals(JobDrift.SUBJECT) ? Messages.Advice_jobs() : Messages.Advice_differs())
                        .orElseGet(Messages::Advice_drift);
            case REACHABLE -> control.advice();
        };
    }
}
