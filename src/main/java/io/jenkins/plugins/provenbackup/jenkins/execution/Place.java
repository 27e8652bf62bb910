package io.jenkins.plugins.provenbackup.jenkins.execution;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import java.io.IOException;

/** A workspace on some machine, and the build's environment there. Not kept with the build. */
public final class Place {

    private final FilePath workspace;
    private final EnvVars environment;

    public Place(FilePath workspace, EnvVars environment) {
        this.workspace = workspace;
        this.environment = environment;
    }

    /** Where a build has a workspace, or will have again; asked only when one is needed. */
    @FunctionalInterface
    public interface Finder {
        Place find() throws IOException, InterruptedException;
    }

    FilePath workspace() {
        return workspace;
    }

    WorkspaceRoot root() {
        return new WorkspaceRoot(workspace.getRemote());
    }

    VirtualChannel channel() {
        return workspace.getChannel();
    }

    EnvVars environment() {
        return environment;
    }
}
