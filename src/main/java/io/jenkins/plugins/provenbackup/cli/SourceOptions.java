package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.PrintableName;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.engine.source.BadPatternException;
import io.jenkins.plugins.provenbackup.engine.source.CommandSource;
import io.jenkins.plugins.provenbackup.engine.source.FileTreeSource;
import io.jenkins.plugins.provenbackup.engine.source.Selection;
import io.jenkins.plugins.provenbackup.engine.source.Source;
import io.jenkins.plugins.provenbackup.engine.source.SourceException;
import io.jenkins.plugins.provenbackup.engine.source.StreamSource;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is backed up: paths and what is left out of them, standard input, or a command's output. */
final class SourceOptions {

    private final Context context;

    @Parameters(arity = "0..*", paramLabel = "PATH", description = "Files and directories.")
    private List<Path> paths = new ArrayList<>();

    @Option(names = "--stdin", description = "Back up standard input as one file; needs --name.")
    private boolean stdin;

    @Option(
            names = "--command",
            paramLabel = "CMD",
            description = "Back up what sh -c CMD writes as one file; needs --name. Fails when CMD fails.")
    private String command;

    @Option(names = "--name", paramLabel = "NAME", description = "The file's name, for --stdin and --command.")
    private String name;

    @Mixin
    private final ExcludeOptions leftOut = new ExcludeOptions();

    @Option(
            names = "--files-from",
            paramLabel = "FILE",
            description =
                    "Only the paths in this file (- for standard input), relative to PATH, one a line, or each ended"
                            + " by NUL.")
    private String filesFrom;

    /**
     * What was chosen.
     *
     * @param source to read
     * @param roots the paths, absolute
     * @param defaultName of the source
     * @param self who takes it
     */
    record Chosen(Source source, List<ByteString> roots, String defaultName, Whoami self) {}

    SourceOptions(Context context) {
        this.context = context;
    }

    /** Whether nothing was chosen at all. */
    boolean isEmpty() {
        return paths.isEmpty() && !stdin && command == null && name == null && leftOut.isEmpty() && filesFrom == null;
    }

    /** What a policy's source is, with the remaining options of the command line. */
    Chosen choose(Policy.Source wanted, Whoami self) throws IOException, BadPatternException {
        leftOut.onlyThese(wanted.excludes());
        paths = wanted.paths().stream().map(Path::of).toList();
        command = null;
        name = null;
        switch (wanted.kind()) {
            case FILES -> {}
            case COMMAND -> {
                command = wanted.command();
                name = wanted.name().replaceAll("[^A-Za-z0-9._-]+", "-");
            }
            case JENKINS_HOME ->
                throw new UsageException("The source '" + wanted.name()
                        + "' is a Jenkins home, which the Jenkins plugin backs up. Choose others with --source.");
        }
        return choose(self);
    }

    Chosen choose(Whoami self) throws IOException, BadPatternException {
        int kinds = (paths.isEmpty() ? 0 : 1) + (stdin ? 1 : 0) + (command == null ? 0 : 1);
        if (kinds != 1) {
            throw new UsageException(
                    "Say what to back up: PATH..., or --stdin --name NAME, or --command CMD --name NAME.");
        }
        return paths.isEmpty() ? stream(self) : files(self);
    }

    private Chosen stream(Whoami self) {
        if (name == null) {
            throw new UsageException("--name is needed: the name of the file in the snapshot.");
        }
        EntryPath entry = Paths.entry(name);
        if (entry.depth() != 1) {
            throw new UsageException("--name is one name, without a slash: '" + name + "' is not.");
        }
        Source source =
                stdin ? new StreamSource(entry, context.surroundings().in()) : new CommandSource(entry, shell());
        ByteString root = ByteString.utf8(stdin ? "stdin" : command);
        return new Chosen(source, List.of(root), self + ":stdin:" + name, self);
    }

    private ProcessBuilder shell() {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", command);
        shell.environment().remove(Secrets.PASSWORD);
        shell.environment().remove(Secrets.NEW_PASSWORD);
        return shell;
    }

    private Chosen files(Whoami self) throws IOException, BadPatternException {
        if (name != null) {
            throw new UsageException("--name goes with --stdin or --command; a source's name is given with --source.");
        }
        List<Path> absolute = paths.stream()
                .map(path -> path.toAbsolutePath().normalize())
                .sorted()
                .toList();
        String shown = absolute.stream()
                .map(path -> PrintableName.of(RawNames.bytesOf(path)))
                .collect(Collectors.joining(","));
        List<ByteString> roots = absolute.stream()
                .map(path -> ByteString.of(RawNames.bytesOf(path)))
                .toList();
        return new Chosen(new FileTreeSource(paths, walk()), roots, self + ":" + shown, self);
    }

    private WalkOptions walk() throws IOException, BadPatternException {
        WalkOptions options = leftOut.walk();
        return filesFrom == null ? options : options.withSelection(selection());
    }

    private Selection selection() throws IOException {
        if (filesFrom.equals("-")) {
            return Selection.read(context.surroundings().in(), "--files-from -");
        }
        try (InputStream in = Files.newInputStream(Path.of(filesFrom))) {
            return Selection.read(in, filesFrom);
        } catch (SourceException e) {
            throw e;
        } catch (IOException e) {
            throw new SourceException("Cannot read --files-from: " + Messages.of(e), e);
        }
    }
}
