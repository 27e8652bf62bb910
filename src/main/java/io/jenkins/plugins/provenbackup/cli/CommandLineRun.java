package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.source.BadPatternException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** One run of the command line, in any surroundings: parses, runs the command, tells of errors, returns the exit status. */
final class CommandLineRun {

    private static final String NAME = "proven-backup";
    private static final String OUT_OF_MEMORY =
            "no memory left; run it again with a larger heap: PROVEN_BACKUP_JAVA_OPTS=-Xmx1g (java -jar: java -Xmx1g -jar)";

    private final Surroundings surroundings;
    private final Context context;

    private CommandLineRun(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.context = new Context(surroundings);
    }

    /** Runs it on this thread, whose interrupt cancels it. */
    static int run(String[] arguments, Surroundings surroundings) {
        return new CommandLineRun(surroundings).run(arguments);
    }

    private int run(String[] arguments) {
        CommandLine line = new CommandLine(new RootCommand(context.options()));
        CommandName.addMentioned(line, arguments, context);
        line.setOut(new PrintWriter(surroundings.out(), false, Charset.defaultCharset()));
        line.setErr(new PrintWriter(surroundings.err(), false, Charset.defaultCharset()));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                surroundings.display() == Surroundings.Display.COLOURS ? Ansi.ON : Ansi.OFF));
        line.setAbbreviatedOptionsAllowed(false);
        line.setExpandAtFiles(false);
        line.setParameterExceptionHandler((e, args) -> wrongArguments(e).code());
        line.setExecutionStrategy(CommandLineRun::execute);
        line.setExecutionExceptionHandler((e, command, result) -> failed(e).code());
        try {
            int status = line.execute(isHelp(arguments) ? asOption(arguments) : arguments);
            line.getOut().flush();
            return status;
        } catch (OutOfMemoryError e) {
            context.progress().close();
            return error(OUT_OF_MEMORY, ExitStatus.FAILED, e).code();
        } finally {
            surroundings.out().flush();
            surroundings.err().flush();
        }
    }

    /** Help for a command that does not exist is an error; picocli would show its parent's. */
    private static int execute(CommandLine.ParseResult parsed) {
        CommandLine.ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        if (last.isUsageHelpRequested()
                && !last.unmatched().isEmpty()
                && !last.commandSpec().subcommands().isEmpty()) {
            throw new UnmatchedArgumentException(last.commandSpec().commandLine(), last.unmatched());
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static boolean isHelp(String[] arguments) {
        return arguments.length > 0 && arguments[0].equals("help");
    }

    /** {@code help backup} is {@code backup --help}. */
    private static String[] asOption(String[] arguments) {
        return Stream.concat(Arrays.stream(arguments).skip(1), Stream.of("--help"))
                .toArray(String[]::new);
    }

    private ExitStatus wrongArguments(ParameterException e) {
        CommandLine command = e.getCommandLine();
        context.progress().close();
        error(String.valueOf(e.getMessage()), ExitStatus.USAGE);
        PrintWriter err = command.getErr();
        if (e instanceof UnmatchedArgumentException) {
            UnmatchedArgumentException.printSuggestions(e, err);
        }
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return ExitStatus.USAGE;
    }

    private ExitStatus failed(Exception thrown) {
        context.progress().close();
        Exception e = thrown instanceof UncheckedIOException wrapped ? wrapped.getCause() : thrown;
        if (isCancelled(e)) {
            return error("cancelled; what was stored serves the next run", ExitStatus.CANCELLED, e);
        }
        if (e instanceof UsageException || e instanceof BadPatternException) {
            return error(e.getMessage(), ExitStatus.USAGE, e);
        }
        if (e instanceof IOException) {
            return error(Messages.of(e), ExitStatus.FAILED, e);
        }
        if (e.getCause() instanceof OutOfMemoryError) {
            return error(OUT_OF_MEMORY, ExitStatus.FAILED, e);
        }
        error("unexpected failure, most likely a mistake in this program: " + e, ExitStatus.FAILED, e);
        if (!context.options().isDebug(surroundings)) {
            surroundings
                    .err()
                    .println("Run it again with --debug (or PROVEN_BACKUP_DEBUG=1) to see where, and report that.");
        }
        return ExitStatus.FAILED;
    }

    private static boolean isCancelled(Exception e) {
        return e instanceof InterruptedException
                || e instanceof InterruptedIOException
                || e instanceof ClosedByInterruptException
                || e instanceof IOException && Thread.currentThread().isInterrupted();
    }

    private ExitStatus error(String message, ExitStatus status, Throwable cause) {
        error(message, status);
        if (context.options().isDebug(surroundings)) {
            cause.printStackTrace(surroundings.err());
        }
        return status;
    }

    private void error(String message, ExitStatus status) {
        PrintStream err = surroundings.err();
        surroundings.out().flush();
        err.println(NAME + ": " + context.output().style().bad("error: ") + message);
        err.flush();
        if (context.options().isJson() && !context.output().hasDocument()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("error", message);
            document.put("exitStatus", status.code());
            context.output().document(document);
        }
    }
}
