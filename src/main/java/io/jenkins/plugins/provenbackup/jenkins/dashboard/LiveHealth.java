package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import hudson.model.HealthReport;
import io.jenkins.plugins.provenbackup.engine.policy.Control;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The health of jobs that follow a policy. Jenkins keeps the report of a job until its next build, while a policy's standing
 * changes without one: so there is one report for each policy, and it is brought up to date.
 */
final class LiveHealth extends HealthReport {

    private static final long serialVersionUID = 1L;

    private final String policy;
    private volatile int live;

    LiveHealth(String policy) {
        super(100, Messages._LiveHealth_unknown(policy));
        this.policy = policy;
        this.live = 100;
    }

    void update(Standing standing) {
        live = switch (standing.verdict()) {
            case MET -> 100;
            case UNKNOWN -> 60;
            case MISSED -> 0;
        };
        setScore(live);
        setDescription(
                switch (standing.verdict()) {
                    case MET -> Messages.LiveHealth_met(policy);
                    case UNKNOWN -> Messages.LiveHealth_unknown(policy);
                    case MISSED -> Messages.LiveHealth_missed(policy, missed(standing));
                });
    }

    private static String missed(Standing standing) {
        return standing.state().last().stream()
                .flatMap(seen -> seen.controls().stream())
                .filter(control -> control.verdict() == Control.Verdict.MISSED)
                .map(control -> control.kind().label().toLowerCase(Locale.ROOT))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** The super class decides once. */
    @Override
    public String getIconClassName() {
        if (live <= 20) {
            return "icon-health-00to19";
        }
        return live <= 80 ? "icon-health-40to59" : "icon-health-80plus";
    }
}
