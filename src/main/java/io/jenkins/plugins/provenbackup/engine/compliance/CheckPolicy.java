package io.jenkins.plugins.provenbackup.engine.compliance;

import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.policy.Compliance;
import io.jenkins.plugins.provenbackup.engine.policy.Facts;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Judges whether a policy is kept, by what its destinations really hold. */
public final class CheckPolicy {

    private CheckPolicy() {}

    /**
     * The judgement.
     *
     * @param compliance every promise with its verdict
     * @param facts that it rests on
     * @param problems what could not be used as evidence, for people
     */
    public record Result(Compliance compliance, Facts facts, List<String> problems) {
        public Result {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Judges.
     *
     * @param elsewhere names of sources that other policies cover, which are no drift
     * @throws IOException when a destination that was reached cannot be listed or read
     */
    public static Result run(
            Policy policy, PolicyDestinations destinations, AccessKey key, Set<String> elsewhere, Clock clock)
            throws IOException {
        GatherFacts.Result seen = GatherFacts.run(destinations, key, elsewhere);
        return new Result(Compliance.evaluate(policy, seen.facts(), clock.instant()), seen.facts(), seen.problems());
    }
}
