package io.jenkins.plugins.provenbackup.engine.policy.runbook;

import io.jenkins.plugins.provenbackup.engine.policy.Elapsed;
import io.jenkins.plugins.provenbackup.engine.policy.Facts;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a policy says, as tables that several texts share. */
final class PolicyTables {

    private PolicyTables() {}

    static Block contacts(Policy policy) {
        List<List<Phrase>> rows = new ArrayList<>();
        for (Policy.Contact contact : policy.contacts()) {
            rows.add(List.of(
                    Phrase.of(contact.name()),
                    Phrase.of(contact.role()),
                    Phrase.of(contact.phone()),
                    Phrase.of(contact.email())));
        }
        return new Block.Table(List.of("name", "what for", "phone", "e-mail"), rows);
    }

    static Block places(Policy policy) {
        List<List<Phrase>> rows = new ArrayList<>();
        for (Policy.Destination destination : policy.destinations()) {
            rows.add(List.of(
                    Phrase.of(destination.name()),
                    Phrase.ofCode(destination.location().toString()),
                    Phrase.of(destination.medium()),
                    Phrase.of(destination.site() == Policy.Site.OFFSITE ? "offsite" : "on site"),
                    Phrase.of(destination.mutability() == Policy.Mutability.IMMUTABLE ? "yes" : "no")));
        }
        return new Block.Table(List.of("destination", "location", "medium", "where", "immutable"), rows);
    }

    /** The last restore of a source that was timed and brought everything back. */
    static Optional<Facts.TestFact> lastPassed(Facts facts, Policy.Source source) {
        return facts.of(source.name()).tests().stream()
                .filter(Facts.TestFact::isPassed)
                .reduce((before, after) -> after);
    }

    /** The measured time of all sources together, where each was measured. */
    static Optional<String> longestRestore(Policy policy, Facts facts) {
        Duration sum = Duration.ZERO;
        for (Policy.Source source : policy.sources()) {
            Optional<Facts.TestFact> test = lastPassed(facts, source);
            if (test.isEmpty()) {
                return Optional.empty();
            }
            sum = sum.plus(test.get().duration());
        }
        return Optional.of("The last recovery test restored everything in " + Elapsed.text(sum) + ".");
    }
}
