package io.jenkins.plugins.provenbackup.jenkins.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs commands in processes of their own, with their output in a folder. */
final class CommandLine {

    private static final String PASSWORD = "correct horse";

    private final Path folder;

    CommandLine(Path folder) {
        this.folder = folder;
    }

    /** A command of ours, which must be done, completely or not. */
    void provenBackup(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.jenkins.plugins.provenbackup.cli.Main"));
        command.addAll(List.of(arguments));
        run(command, Map.of("PROVEN_BACKUP_PASSWORD", PASSWORD));
    }

    /** Any other. */
    void run(String... command) throws Exception {
        run(List.of(command), Map.of());
    }

    private void run(List<String> command, Map<String, String> variables) throws Exception {
        Path log = Files.createTempFile(folder, "command", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(variables);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(log)).isIn(0, 3);
        } finally {
            process.destroyForcibly();
        }
    }
}
