package io.jenkins.plugins.provenbackup.engine.policy;

import io.jenkins.plugins.provenbackup.engine.policy.Control.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a policy is kept: every promise with a verdict of its own. Only promises that the policy makes are judged.
 *
 * @param policy name of the policy
 * @param time of the judgement
 * @param controls one for each promise, and for each source or destination where it is about one
 */
public record Compliance(String policy, Instant time, List<Control> controls) {

    public Compliance {
        controls = List.copyOf(controls);
    }

    /** Judges; a pure function. */
    public static Compliance evaluate(Policy policy, Facts facts, Instant now) {
        List<Control> controls = new ArrayList<>();
        for (Policy.Source source : policy.sources()) {
            SourceControls of = new SourceControls(policy, facts, source, now);
            controls.addAll(of.recovery());
            controls.addAll(of.copies());
        }
        RetentionControls retention = new RetentionControls(policy, facts, now);
        controls.addAll(retention.evaluate());
        controls.addAll(new DriftControls(policy, facts).evaluate());
        return new Compliance(policy.name(), now, controls);
    }

    /** The worst of all verdicts: one missed promise is a missed policy, one that nobody can tell an unknown one. */
    public Verdict verdict() {
        if (controls.stream().anyMatch(control -> control.verdict() == Verdict.MISSED)) {
            return Verdict.MISSED;
        }
        return controls.stream().anyMatch(control -> control.verdict() == Verdict.UNKNOWN)
                ? Verdict.UNKNOWN
                : Verdict.MET;
    }
}
