package io.jenkins.plugins.provenbackup.testing;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end. */
public final class Command {

    private static final long MINUTES = 5;

    private Command() {}

    /** What a program left: its exit status, and standard output and error together. */
    public record Result(int status, String output) {}

    public static Result run(String... command) throws IOException, InterruptedException {
        return run(Map.of(), List.of(command));
    }

    /** Runs a class of the test's class path in a Java machine of its own, behind a prefix such as {@code setpriv}. */
    public static Result java(Map<String, String> environment, List<String> prefix, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-cp", ownClasses(), main.getName()));
        command.addAll(Arrays.asList(arguments));
        return run(environment, command);
    }

    /** Whether a program exists and ends well. */
    public static boolean works(String... command) throws InterruptedException {
        try {
            return run(command).status() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    private static Result run(Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("command", ".out");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException("still running after " + MINUTES + " minutes: " + command);
            }
            return new Result(process.exitValue(), new String(Files.readAllBytes(output), StandardCharsets.ISO_8859_1));
        } finally {
            Files.delete(output);
        }
    }

    /** Another user may not be able to read the repository of libraries, which these classes do not need. */
    private static String ownClasses() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> folders = Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> new File(entry).isDirectory())
                .toList();
        return String.join(File.pathSeparator, folders);
    }
}
