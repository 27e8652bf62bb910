package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import io.jenkins.plugins.provenbackup.engine.alerts.PolicyState;
import io.jenkins.plugins.provenbackup.engine.policy.Control.Verdict;
import java.time.Instant;
import java.util.Optional;

/**
 * How a policy stands by the last look at it.
 *
 * @param state all that is kept of it
 * @param looked when somebody last tried to look; empty when nobody did since Jenkins started
 */
record Standing(PolicyState state, Optional<Instant> looked) {

    static Standing of(PolicyState state) {
        return new Standing(state, Optional.empty());
    }

    /** The worst of its promises; unknown when nobody could look. */
    Verdict verdict() {
        Verdict worst = state.last().map(seen -> seen.compliance().verdict()).orElse(Verdict.UNKNOWN);
        boolean isKnown = state.failure().isEmpty() && state.last().isPresent();
        return worst == Verdict.MISSED || isKnown ? worst : Verdict.UNKNOWN;
    }
}
