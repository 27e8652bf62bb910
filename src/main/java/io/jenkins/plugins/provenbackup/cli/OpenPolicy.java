package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.OpenRequest;
import io.jenkins.plugins.provenbackup.engine.compliance.GatherFacts;
import io.jenkins.plugins.provenbackup.engine.compliance.PolicyDestinations;
import io.jenkins.plugins.provenbackup.engine.policy.Facts;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.engine.policy.yaml.PolicyFile;
import io.jenkins.plugins.provenbackup.engine.policy.yaml.PolicyFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** A policy, its destinations that were reached, and a key that fits them. */
final class OpenPolicy implements AutoCloseable {

    private final Policy policy;
    private final OpenRepository repository;
    private final PolicyDestinations destinations;

    private OpenPolicy(Policy policy, OpenRepository repository) {
        this.policy = policy;
        this.repository = repository;
        this.destinations = PolicyDestinations.of(policy, repository.destinations());
    }

    /** Reads a policy; the destinations come from it, so none may be named beside it. */
    static Policy read(Context context, Path file) throws PolicyFileException {
        if (context.options().isRepositoryGiven()) {
            throw new UsageException("The policy names its destinations: leave out -r.");
        }
        return PolicyFile.read(file);
    }

    static OpenPolicy open(Context context, Policy policy) throws IOException, InterruptedException {
        return open(context, policy, UnaryOperator.identity());
    }

    /** The same with limits or another way to open. */
    static OpenPolicy open(Context context, Policy policy, UnaryOperator<OpenRequest> change)
            throws IOException, InterruptedException {
        Opening opening = new Opening(context);
        OpenRequest request = opening.request(PolicyDestinations.locations(policy).stream()
                .map(Object::toString)
                .toList());
        return new OpenPolicy(policy, opening.repository(change.apply(request)));
    }

    Policy policy() {
        return policy;
    }

    OpenRepository repository() {
        return repository;
    }

    PolicyDestinations destinations() {
        return destinations;
    }

    /** A source of the policy by its name. */
    static Policy.Source source(Policy policy, String name) {
        return policy.sources().stream()
                .filter(source -> source.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException("The policy has no source '" + name + "'; it has "
                        + String.join(
                                ", ",
                                policy.sources().stream()
                                        .map(Policy.Source::name)
                                        .toList())
                        + "."));
    }

    /** Brings the page at every destination up to date; what fails is a notice. */
    void keepPages(Context context) {
        try {
            Facts tests = GatherFacts.ofTests(policy, destinations, repository.key());
            new RecoveryPages(context).keep(policy, destinations, tests);
        } catch (IOException e) {
            context.output().notice("RECOVERY.md was not brought up to date: " + Messages.of(e));
        }
    }

    @Override
    public void close() {
        repository.close();
    }
}
