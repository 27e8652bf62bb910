package io.jenkins.plugins.provenbackup.jenkins.execution;

import hudson.AbortException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.jenkins.access.Granted;
import io.jenkins.plugins.provenbackup.jenkins.access.JobAccess;
import io.jenkins.plugins.provenbackup.jenkins.access.SourceNames;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.CommandSource;
import io.jenkins.plugins.provenbackup.jenkins.configuration.JenkinsHomeSource;
import io.jenkins.plugins.provenbackup.jenkins.configuration.LocationSource;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicySource;
import io.jenkins.plugins.provenbackup.jenkins.configuration.WorkspaceSource;
import io.jenkins.plugins.provenbackup.jenkins.secrets.DestinationAccess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the sources that a build asks for: one of its own job, or those of a policy. */
final class SourceChoice {

    private final JobAccess access;
    private final BackupParameters wish;

    private SourceChoice(JobAccess access, BackupParameters wish) {
        this.access = access;
        this.wish = wish;
    }

    /**
     * Finds them.
     *
     * @throws AbortException when it is not said what, not clearly, or it is not allowed
     */
    static List<ChosenSource> of(JobAccess access, BackupParameters wish, Optional<BackupPolicy> policy)
            throws AbortException {
        return new SourceChoice(access, wish).choose(policy);
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
            return List.of(
                    ChosenSource.of(SourceNames.ofCommand(access.job(), wish.name), command(wish.command, wish.name)));
        }
        if (!wish.location.isEmpty()) {
            StorageLocation location = access.requireRemote(wish.location, Granted.Purpose.BACK_UP);
            return List.of(ChosenSource.of(
                    SourceNames.ofLocation(access.job(), location.toString()),
                    (ChosenSource.OnController) run -> new RemoteFolder(
                            DestinationAccess.inRun(run, location, wish.credentialsId), patterns(List.of()))));
        }
        if (policy.isEmpty() || policy.get().getSources().isEmpty()) {
            return List.of(ofJob());
        }
        if (wish.source.isEmpty()) {
            List<ChosenSource> all = new ArrayList<>();
            for (PolicySource one : policy.get().getSources()) {
                all.add(ofPolicy(policy.get(), one));
            }
            return all;
        }
        Optional<PolicySource> named = policy.get().getSources().stream()
                .filter(one -> one.getName().equals(wish.source))
                .findFirst();
        return List.of(named.isPresent() ? ofPolicy(policy.get(), named.get()) : ofJob());
    }

    private ChosenSource ofJob() throws AbortException {
        return ChosenSource.of(SourceNames.ofPath(access.job(), wish.source), path(wish.source, List.of()));
    }

    private ChosenSource ofPolicy(BackupPolicy policy, PolicySource source) throws AbortException {
        return ChosenSource.of(source.sourceName(policy), reader(policy, source));
    }

    private ChosenSource.Reader reader(BackupPolicy policy, PolicySource source) throws AbortException {
        List<String> excludes = source.excludePatterns();
        if (source instanceof WorkspaceSource workspace) {
            return path(workspace.getPath(), excludes);
        } else if (source instanceof CommandSource command) {
            String name = source.getName().isEmpty() ? policy.getName() : source.getName();
            return command(command.getCommand(), name.replaceAll("[^A-Za-z0-9._-]+", "-"));
        } else if (source instanceof LocationSource location) {
            return location(location, excludes);
        } else if (source instanceof JenkinsHomeSource home) {
            return (ChosenSource.OnController) run -> new ControllerHomeFiles(home.sections(), patterns(excludes));
        }
        throw new AbortException(
                "The source '" + source.sourceName(policy) + "' is of a kind that this version does not know.");
    }

    private ChosenSource.InWorkspace path(String path, List<String> excludes) {
        return place -> new WorkspacePath(place.root(), path.isEmpty() ? "." : path, new LeftOut(excludes, wish));
    }

    private static ChosenSource.InWorkspace command(String command, String name) {
        return place -> new CommandOutput(place.root(), command, name, place.environment());
    }

    /** An administrator's policy may name a folder of the controller, too. */
    private ChosenSource.OnController location(LocationSource source, List<String> excludes) throws AbortException {
        StorageLocation location;
        try {
            location = StorageLocation.parse(source.getLocation());
        } catch (StorageException e) {
            throw new AbortException(e.getMessage());
        }
        if (location.isLocal()) {
            return run -> new ControllerFolder(Path.of(location.path()), patterns(excludes));
        }
        return run -> new RemoteFolder(
                DestinationAccess.forWriting(new LocationReaching(location.toString(), source.getCredentialsId())),
                patterns(excludes));
    }

    private List<String> patterns(List<String> ofPolicy) {
        List<String> patterns = new ArrayList<>(ofPolicy);
        patterns.addAll(Lines.of(wish.excludes));
        return patterns;
    }
}
