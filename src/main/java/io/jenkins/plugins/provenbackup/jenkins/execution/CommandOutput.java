package io.jenkins.plugins.provenbackup.jenkins.execution;

import hudson.AbortException;
import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.source.CommandSource;
import io.jenkins.plugins.provenbackup.engine.source.Source;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a command writes to its standard output, run by the shell in the workspace with the build's environment. */
final class CommandOutput implements ReadableSource {

    private static final long serialVersionUID = 1L;

    private final WorkspaceRoot workspace;
    private final String command;
    private final String name;
    private final TreeMap<String, String> environment;

    /**
     * States it.
     *
     * @param name of the one file in the snapshot
     * @param environment added to that of the process
     */
    CommandOutput(WorkspaceRoot workspace, String command, String name, Map<String, String> environment) {
        this.workspace = workspace;
        this.command = command;
        this.name = name;
        this.environment = new TreeMap<>(environment);
    }

    @Override
    public Source open() throws IOException {
        ProcessBuilder shell = File.separatorChar == '/'
                ? new ProcessBuilder("sh", "-c", command)
                : new ProcessBuilder("cmd", "/c", command);
        shell.directory(workspace.existing(".").toFile());
        shell.environment().putAll(environment);
        return new CommandSource(entry(name), shell);
    }

    /**
     * The name of the one file.
     *
     * @throws AbortException when it is none
     */
    static EntryPath entry(String name) throws AbortException {
        try {
            EntryPath entry = EntryPath.of(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            if (entry.depth() == 1) {
                return entry;
            }
        } catch (IllegalArgumentException e) {
            throw new AbortException("'" + name + "' is no name of a file: " + e.getMessage());
        }
        throw new AbortException("'" + name + "' is no name of one file: give one without a slash.");
    }

    @Override
    public List<ByteString> roots() {
        return List.of(ByteString.utf8(command));
    }
}
