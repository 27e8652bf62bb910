package io.jenkins.plugins.provenbackup.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged command line, started as a user does. */
class LauncherIT {

    private static final Path JAR = Path.of(System.getProperty("proven-backup.jar"));
    private static final Path LAUNCHER = Path.of(System.getProperty("proven-backup.launcher"));
    private static final Path ARCHIVE = Path.of(System.getProperty("proven-backup.archive"));

    @TempDir
    Path scratch;

    private record Outcome(int status, String output, String errors) {}

    @BeforeEach
    void needsAPosixShell() {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "the launcher is a shell script");
    }

    @Test
    void tellsItsVersion() throws Exception {
        Outcome outcome = run(Map.of(), LAUNCHER.toString(), "--version");

        assertThat(outcome.output()).startsWith("proven-backup ");
        assertThat(outcome.errors()).isEmpty();
        assertThat(outcome.status()).isZero();
    }

    @Test
    void runsAsAPlainJar() throws Exception {
        Outcome outcome = run(
                Map.of(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                JAR.toString(),
                "--version");

        assertThat(outcome.output()).startsWith("proven-backup ");
        assertThat(outcome.status()).isZero();
    }

    @Test
    void worksThroughRelativeSymbolicLinksInAFolderWithSpaces() throws Exception {
        Path folder = Files.createDirectories(scratch.resolve("a folder/with spaces"));
        Files.copy(LAUNCHER, folder.resolve("proven-backup"));
        Files.setPosixFilePermissions(folder.resolve("proven-backup"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.copy(JAR, folder.resolve(JAR.getFileName()));
        Files.createSymbolicLink(scratch.resolve("first link"), Path.of("a folder/with spaces/proven-backup"));
        Files.createSymbolicLink(scratch.resolve("second"), Path.of("first link"));

        Outcome outcome = run(Map.of(), scratch.resolve("second").toString(), "--version");

        assertThat(outcome.errors()).isEmpty();
        assertThat(outcome.output()).startsWith("proven-backup ");
    }

    @Test
    void startsFromTheClassDataArchive() throws Exception {
        assumeTrue(Files.exists(ARCHIVE), "this JVM could not make an archive");

        Outcome outcome = run(Map.of("PROVEN_BACKUP_JAVA_OPTS", "-Xlog:class+load"), LAUNCHER.toString(), "--version");

        assertThat(outcome.output()).containsPattern("picocli\\.CommandLine source: shared objects file \\(top\\)");
    }

    @Test
    void aClassDataArchiveThatDoesNotFitIsPassedOverInSilence() throws Exception {
        assumeTrue(Files.exists(ARCHIVE), "this JVM could not make an archive");
        Files.copy(LAUNCHER, scratch.resolve("proven-backup"));
        Files.setPosixFilePermissions(scratch.resolve("proven-backup"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.copy(ARCHIVE, scratch.resolve(ARCHIVE.getFileName()));
        Path jar = Files.copy(JAR, scratch.resolve(JAR.getFileName()));
        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2020-02-02T02:02:02Z")));

        Outcome outcome = run(Map.of(), scratch.resolve("proven-backup").toString(), "--version");

        assertThat(outcome.errors()).isEmpty();
        assertThat(outcome.output()).startsWith("proven-backup ").hasLineCount(1);
    }

    @Test
    void optionsOfTheUserReachTheJvm() throws Exception {
        Outcome outcome = run(
                Map.of("PROVEN_BACKUP_JAVA_OPTS", "-Xmx64m -XX:+PrintFlagsFinal"), LAUNCHER.toString(), "--version");

        assertThat(outcome.errors()).containsPattern("MaxHeapSize += 67108864");
    }

    @Test
    void aHeapThatIsTooSmallIsNamedWithTheWayOut() throws Exception {
        Path repository = scratch.resolve("repository");

        Outcome outcome = run(
                Map.of("PROVEN_BACKUP_JAVA_OPTS", "-Xmx24m", "PROVEN_BACKUP_PASSWORD", "correct horse"),
                LAUNCHER.toString(),
                "init",
                "-r",
                repository.toString());

        assertThat(outcome.errors())
                .contains("no memory left")
                .contains("-Xmx1g")
                .doesNotContain("\tat ");
        assertThat(outcome.status()).isEqualTo(1);
    }

    @Test
    void anOldJavaIsRefusedWithAdvice() throws Exception {
        Path bin = Files.createDirectories(scratch.resolve("old/bin"));
        Path java = Files.writeString(bin.resolve("java"), "#!/bin/sh\necho 'openjdk version \"1.8.0_412\"' >&2\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));

        Outcome outcome = run(Map.of("JAVA_HOME", scratch.resolve("old").toString()), LAUNCHER.toString(), "--version");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.errors()).contains("1.8.0_412", "Java 17 or newer is needed");
        assertThat(outcome.output()).isEmpty();
    }

    @Test
    void aWrongJavaHomeIsNamed() throws Exception {
        Outcome outcome = run(Map.of("JAVA_HOME", "/nowhere"), LAUNCHER.toString(), "--version");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.errors()).contains("JAVA_HOME is /nowhere");
    }

    private Outcome run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        Path output = scratch.resolve("output");
        Path errors = scratch.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        int status = builder.redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start()
                .waitFor();
        return new Outcome(status, Files.readString(output, UTF_8), Files.readString(errors, UTF_8));
    }
}
