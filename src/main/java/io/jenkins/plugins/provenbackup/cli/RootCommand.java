package io.jenkins.plugins.provenbackup.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program itself. */
@Command(
        name = "proven-backup",
        description = "Encrypted backups that prove they restore.",
        versionProvider = Version.class,
        synopsisHeading = "Usage: ",
        optionListHeading = "%nOptions of every command:%n",
        commandListHeading = "%nCommands:%n",
        sortOptions = false,
        footer = {
            "",
            "SNAPSHOT is the beginning of an id, latest, or latest:SOURCE.",
            "Exit status: 0 done; 1 failed; 2 usage; 3 done, but incomplete; 4 verification found damage; 130 cancelled."
        })
final class RootCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private final GlobalOptions options;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean version;

    RootCommand(GlobalOptions options) {
        this.options = options;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "No command given.");
    }
}
