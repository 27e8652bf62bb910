package io.jenkins.plugins.provenbackup.jenkins.execution;

import hudson.AbortException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
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

/** How each kind of source is read. */
final class SourceReaders {

    private final BackupParameters wish;

    /**
     * Of one step, or of a schedule.
     *
     * @param wish what it leaves out beside
     */
    SourceReaders(BackupParameters wish) {
        this.wish = wish;
    }

    /**
     * A source of a policy.
     *
     * @throws AbortException when it cannot be understood, in words for the user
     */
    ChosenSource of(BackupPolicy policy, PolicySource source) throws AbortException {
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
            return (ChosenSource.OnController) () -> new ControllerHomeFiles(home.sections(), patterns(excludes));
        }
        throw new AbortException(
                "The source '" + source.sourceName(policy) + "' is of a kind that this version does not know.");
    }

    /** A path in a workspace. */
    ChosenSource.InWorkspace path(String path, List<String> excludes) {
        return place -> new WorkspacePath(place.root(), path.isEmpty() ? "." : path, new LeftOut(excludes, wish));
    }

    /** The output of a command that runs in a workspace. */
    ChosenSource.InWorkspace command(String command, String name) {
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
            return () -> new ControllerFolder(Path.of(location.path()), patterns(excludes));
        }
        return () -> new RemoteFolder(
                DestinationAccess.forWriting(new LocationReaching(location.toString(), source.getCredentialsId())),
                patterns(excludes));
    }

    /** What is left out: by the policy, and by the step. */
    List<String> patterns(List<String> ofPolicy) {
        List<String> patterns = new ArrayList<>(ofPolicy);
        patterns.addAll(Lines.of(wish.excludes));
        return patterns;
    }
}
