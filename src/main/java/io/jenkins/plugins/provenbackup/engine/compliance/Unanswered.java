package io.jenkins.plugins.provenbackup.engine.compliance;

import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation;
import io.jenkins.plugins.provenbackup.engine.policy.Compliance;
import io.jenkins.plugins.provenbackup.engine.policy.Control;
import io.jenkins.plugins.provenbackup.engine.policy.Control.Kind;
import io.jenkins.plugins.provenbackup.engine.policy.Control.Verdict;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What is known when no destination answered: what was known before, which nobody can tell now. */
public final class Unanswered {

    private Unanswered() {}

    /**
     * The observation.
     *
     * @param reason why they did not answer
     * @param last what the last look found, if there was one
     */
    public static Observation observation(Policy policy, String reason, Optional<Observation> last, Instant now) {
        List<Control> controls = new ArrayList<>();
        for (Control control : last.map(Observation::controls).orElse(List.of())) {
            if (control.kind() != Kind.REACHABLE) {
                controls.add(new Control(
                        control.kind(),
                        control.subject(),
                        control.objective(),
                        "no destination answers",
                        Verdict.UNKNOWN,
                        "Make a destination reachable.",
                        Optional.empty()));
            }
        }
        List<Observation.DestinationSeen> places = new ArrayList<>();
        for (Policy.Destination destination : policy.destinations()) {
            controls.add(new Control(
                    Kind.REACHABLE,
                    Optional.of(destination.name()),
                    "answers",
                    "does not answer",
                    Verdict.MISSED,
                    reason,
                    Optional.empty()));
            places.add(new Observation.DestinationSeen(
                    destination.name(), Optional.of(reason), 0, 0, OptionalLong.empty(), Set.of()));
        }
        return new Observation(
                new Compliance(policy.name(), now, controls),
                last.map(Observation::sources).orElse(List.of()),
                places,
                List.of());
    }
}
