package io.jenkins.plugins.provenbackup.jenkins.execution;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.jenkins.access.Granted;
import io.jenkins.plugins.provenbackup.jenkins.access.JobAccess;
import io.jenkins.plugins.provenbackup.jenkins.access.SourceNames;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicySource;
import io.jenkins.plugins.provenbackup.jenkins.secrets.DestinationAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the sources that a build asks for: one of its own job, or those of a policy. */
final class SourceChoice {

    private final Run<?, ?> run;
    private final JobAccess access;
    private final BackupParameters wish;
    private final SourceReaders readers;

    private SourceChoice(Run<?, ?> run, JobAccess access, BackupParameters wish) {
        this.run = run;
        this.access = access;
        this.wish = wish;
        this.readers = new SourceReaders(wish);
    }

    /**
     * Finds them.
     *
     * @throws AbortException when it is not said what, not clearly, or it is not allowed
     */
    static List<ChosenSource> of(Run<?, ?> run, JobAccess access, BackupParameters wish, Optional<BackupPolicy> policy)
            throws AbortException {
        return new SourceChoice(run, access, wish).choose(policy);
    }

    private List<ChosenSource> choose(Optional<BackupPolicy> policy) throws AbortException {
        long given = Stream.of(wish.source, wish.command, wish.location)
                .filter(text -> !text.isEmpty())
                .count();
        if (given > 1) {
            throw new AbortException("Give one of source (a path), command and location, not several.");
        }
        if (wish.command.isEmpty() != wish.name.isEmpty()) {
            throw new AbortException(
                    "A command needs a name for the file that its output becomes, and only a command has"
                            + " one: command: 'pg_dump shop', name: 'shop.sql'.");
        }
        if (!wish.command.isEmpty()) {
            CommandOutput.entry(wish.name);
            return List.of(ChosenSource.of(
                    SourceNames.ofCommand(access.job(), wish.name), readers.command(wish.command, wish.name)));
        }
        if (!wish.location.isEmpty()) {
            StorageLocation location = access.requireRemote(wish.location, Granted.Purpose.BACK_UP);
            return List.of(ChosenSource.of(
                    SourceNames.ofLocation(access.job(), location.toString()),
                    (ChosenSource.OnController) () -> new RemoteFolder(
                            DestinationAccess.inRun(run, location, wish.credentialsId), readers.patterns(List.of()))));
        }
        if (policy.isEmpty() || policy.get().getSources().isEmpty()) {
            return List.of(ofJob());
        }
        if (wish.source.isEmpty()) {
            List<ChosenSource> all = new ArrayList<>();
            for (PolicySource one : policy.get().getSources()) {
                all.add(readers.of(policy.get(), one));
            }
            return all;
        }
        Optional<PolicySource> named = policy.get().getSources().stream()
                .filter(one -> one.getName().equals(wish.source))
                .findFirst();
        return List.of(named.isPresent() ? readers.of(policy.get(), named.get()) : ofJob());
    }

    private ChosenSource ofJob() throws AbortException {
        return ChosenSource.of(SourceNames.ofPath(access.job(), wish.source), readers.path(wish.source, List.of()));
    }
}
