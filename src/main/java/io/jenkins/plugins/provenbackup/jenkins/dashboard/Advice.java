package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import io.jenkins.plugins.provenbackup.engine.alerts.Alert;
import io.jenkins.plugins.provenbackup.engine.alerts.PolicyState;
import io.jenkins.plugins.provenbackup.engine.compliance.history.ControlKey;
import io.jenkins.plugins.provenbackup.engine.policy.Control;
import java.util.Optional;

/** The way out of a broken promise, for whoever uses Jenkins; the engine's own advice is for the command line. */
final class Advice {

    private Advice() {}

    /** An alert with the way out in Jenkins. */
    static Alert inJenkins(Alert alert, PolicyState state) {
        Optional<String> advice = switch (alert.kind()) {
            case OBJECTIVE_MISSED ->
                state.last().stream()
                        .flatMap(seen -> seen.controls().stream())
                        .filter(control -> ControlKey.of(control).text().equals(alert.subject()))
                        .findFirst()
                        .map(Advice::on);
            case NOT_EVALUATED -> Optional.of(Messages.Advice_configuration());
            default -> Optional.empty();
        };
        return new Alert(
                alert.policy(),
                alert.kind(),
                alert.subject(),
                alert.text(),
                advice.orElse(alert.advice()),
                alert.since());
    }

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
