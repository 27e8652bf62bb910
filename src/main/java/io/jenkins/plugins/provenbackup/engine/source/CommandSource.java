package io.jenkins.plugins.provenbackup.engine.source;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import java.io.IOException;

/**
 * What a command writes to its standard output, as one file; each walk that opens its item starts the command anew. When the
 * command ends with another status than 0, reading its content ends with a {@link SourceException}, never as complete.
 */
public final class CommandSource implements Source {

    private final EntryPath name;
    private final ProcessBuilder command;

    /**
     * @param command started as it is; output and error are taken over, and the end of what it said on error is part of the
     *     message when it fails. Its input should be redirected, or it is empty.
     * @throws IllegalArgumentException when the name is not exactly one component
     */
    public CommandSource(EntryPath name, ProcessBuilder command) {
        this.name = SingleItemWalk.requireOneComponent(name);
        this.command = command.redirectErrorStream(false)
                .redirectOutput(ProcessBuilder.Redirect.PIPE)
                .redirectError(ProcessBuilder.Redirect.PIPE);
    }

    @Override
    public SourceWalk walk(SourceProblems problems) {
        return new SingleItemWalk(new StreamItem(name, this::start));
    }

    private SourceContent start() throws IOException {
        String program = command.command().isEmpty() ? "" : command.command().get(0);
        try {
            return new CommandContent(program, command.start());
        } catch (IOException e) {
            throw new SourceException("cannot start the command '" + program + "': " + e.getMessage(), e);
        }
    }
}
