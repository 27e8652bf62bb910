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
import io.jenkins.plugins.provenbackup.engine.source.home.HomeSection;
import io.jenkins.plugins.provenbackup.engine.source.home.JenkinsHomeSource;
import io.jenkins.plugins.provenbackup.engine.source.home.UnfinishedBuilds;
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

    @Option(
            names = "--jenkins-home",
            description =
                    "PATH is a JENKINS_HOME: leave out what Jenkins makes anew (workspaces, caches, unpacked plugins), and"
                            + " the Pipeline state of builds that are under way.")
    private boolean jenkinsHome;

    @Option(
            names = "--sections",
            paramLabel = "SECTION",
            split = ",",
            description =
                    "Only these of a JENKINS_HOME: configuration, jobs, builds, secrets, plugins, users, userContent,"
                            + " nodes. Default: all.")
    private List<String> sections = new ArrayList<>();

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
        return paths.isEmpty()
                && !stdin
                && command == null
                && name == null
                && !jenkinsHome
                && sections.isEmpty()
                && leftOut.isEmpty()
                && filesFrom == null;
    }

    /** What a policy's source is, with the remaining options of the command line. */
    Chosen choose(Policy.Source wanted, Whoami self) throws IOException, BadPatternException {
        leftOut.onlyThese(wanted.excludes());
        paths = wanted.paths().stream().map(Path::of).toList();
        command = null;
        name = null;
        jenkinsHome = wanted.kind() == Policy.SourceKind.JENKINS_HOME;
        sections = wanted.sections();
        switch (wanted.kind()) {
            case FILES -> {}
            case COMMAND -> {
                command = wanted.command();
                name = wanted.name().replaceAll("[^A-Za-z0-9._-]+", "-");
            }
            case JENKINS_HOME -> {
                if (paths.isEmpty()) {
                    paths = List.of(Path.of(context.surroundings()
                            .variable("JENKINS_HOME")
                            .orElseThrow(() -> new UsageException("The source '" + wanted.name()
                                    + "' is a Jenkins home, and nothing says where it is: set JENKINS_HOME, or write its path"
                                    + " under 'paths' in the policy."))));
                }
            }
        }
        return choose(self);
    }

    Chosen choose(Whoami self) throws IOException, BadPatternException {
        if (jenkinsHome && paths.isEmpty()) {
            throw new UsageException("--jenkins-home goes with a PATH, the directory that Jenkins calls JENKINS_HOME.");
        }
        int kinds = (paths.isEmpty() ? 0 : 1) + (stdin ? 1 : 0) + (command == null ? 0 : 1);
        if (kinds != 1) {
            throw new UsageException(
                    "Say what to back up: PATH..., or --stdin --name NAME, or --command CMD --name NAME.");
        }
        if (!sections.isEmpty() && !jenkinsHome) {
            throw new UsageException("--sections goes with --jenkins-home.");
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
        Source source = jenkinsHome ? home() : new FileTreeSource(paths, walk());
        return new Chosen(source, roots, self + ":" + shown, self);
    }

    private Source home() throws IOException, BadPatternException {
        if (paths.size() > 1) {
            throw new UsageException("--jenkins-home goes with one PATH.");
        }
        try {
            return new JenkinsHomeSource(paths.get(0), HomeSection.parse(sections), new UnfinishedBuilds(), walk());
        } catch (IllegalArgumentException e) {
            throw new UsageException("--sections: " + e.getMessage() + ".");
        }
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
