package io.jenkins.plugins.provenbackup.cli;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;

/** The commands by name. Only those that the arguments mention are made: each costs start-up time. */
enum CommandName {
    INIT(InitCommand::new),
    BACKUP(BackupCommand::new),
    MIRROR(MirrorCommand::new),
    SNAPSHOTS(SnapshotsCommand::new),
    TAG(TagCommand::new),
    LS(LsCommand::new),
    DIFF(DiffCommand::new),
    FIND(FindCommand::new),
    CAT(CatCommand::new),
    SERVE(ServeCommand::new),
    RESTORE(RestoreCommand::new),
    VERIFY(VerifyCommand::new),
    TEST(TestCommand::new),
    FORGET(ForgetCommand::new),
    HOLD(HoldCommand.Hold::new),
    RELEASE(HoldCommand.Release::new),
    PRUNE(PruneCommand::new),
    REPLICATE(ReplicateCommand::new),
    COPY(CopyCommand::new),
    KEY(KeyCommand::new),
    RECOVER(RecoverCommand::new),
    STATS(StatsCommand::new),
    POLICY(PolicyCommand::new),
    RUNBOOK(RunbookCommand::new),
    DEMO(DemoCommand::new);

    @SuppressWarnings("ImmutableEnumChecker") // constructors hold no state
    private final Function<Context, Object> maker;

    CommandName(Function<Context, Object> maker) {
        this.maker = maker;
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Adds the commands that the arguments mention; all where they mention none. */
    static void addMentioned(CommandLine root, String[] arguments, Context context) {
        Set<String> words = new HashSet<>(Arrays.asList(arguments));
        boolean isAny = Arrays.stream(values()).anyMatch(command -> words.contains(command.word()));
        boolean isVersion = words.contains("--version") || words.contains("-V");
        for (CommandName command : values()) {
            if (isAny ? words.contains(command.word()) : !isVersion) {
                CommandLine line = new CommandLine(command.maker.apply(context));
                if (!(line.getCommand() instanceof Callable)
                        && line.getSubcommands().isEmpty()) {
                    throw new IllegalStateException(command + " cannot be called");
                }
                if (line.getCommand() instanceof ParentCommand parent) {
                    parent.children().forEach(line::addSubcommand);
                }
                root.addSubcommand(command.word(), line);
            }
        }
    }
}
