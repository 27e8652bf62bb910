package io.jenkins.plugins.provenbackup.cli;

import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The surroundings of this process. */
final class ProcessSurroundings {

    private static final Path STDERR = Path.of("/proc/self/fd/2");

    private ProcessSurroundings() {}

    static Surroundings create() {
        Map<String, String> environment = System.getenv();
        Optional<Console> console = Optional.ofNullable(System.console());
        return new Surroundings(
                System.in,
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                environment,
                console.map(present -> question -> Optional.ofNullable(present.readPassword("%s", question))),
                display(console, environment));
    }

    /** UTF-8 but where the locale says otherwise in so many words: a locale that was not set is no wish for ASCII. */
    private static PrintStream stream(FileDescriptor descriptor) {
        Charset locale = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        Charset charset = locale.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : locale;
        boolean autoFlush = descriptor == FileDescriptor.err;
        return new PrintStream(new BufferedOutputStream(new FileOutputStream(descriptor), 8192), autoFlush, charset);
    }

    private static Surroundings.Display display(Optional<Console> console, Map<String, String> environment) {
        if (console.isEmpty() || !isTerminal() || "dumb".equals(environment.get("TERM"))) {
            return Surroundings.Display.PLAIN;
        }
        String noColour = environment.getOrDefault("NO_COLOR", "");
        return noColour.isEmpty() ? Surroundings.Display.COLOURS : Surroundings.Display.TERMINAL;
    }

    /** A console speaks of standard input and output only; where nobody can tell, error is taken to go the same way. */
    private static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(STDERR).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return !Files.exists(STDERR);
        }
    }
}
