package io.jenkins.plugins.provenbackup.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.provenbackup.testing.Command;
import io.jenkins.plugins.provenbackup.testing.TreeComparer;
import io.jenkins.plugins.provenbackup.testing.TreeFixture;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The machine that made the backups is gone, and so is whoever knew how. What is left is a JDK, the command line's jar, the
 * passphrase and one destination: the commands that are printed there, typed as they are, bring the data back.
 */
class RecoveryWithoutUsIT {

    private static final String PASSPHRASE = "eight words that only this test knows";
    private static final Pattern COMMANDS = Pattern.compile("^```bash\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin");

    @TempDir
    Path temp;

    private Path zoo;
    private Path near;
    private Path far;
    private Path empty;

    @BeforeEach
    void anEmptyDirectoryWithTheJar() throws Exception {
        assumeTrue(Command.works("bash", "--version"), "the printed commands are for bash");
        zoo = temp.resolve("zoo");
        near = temp.resolve("near destination");
        far = temp.resolve("far");
        TreeFixture.zoo(zoo);
        empty = Files.createDirectory(temp.resolve("empty"));
        Files.copy(Path.of(System.getProperty("proven-backup.jar")), empty.resolve("proven-backup-cli.jar"));
        Files.writeString(temp.resolve("passphrase"), PASSPHRASE + "\n");
    }

    @Test
    void recoveryMdAloneLeadsToTheData() throws Exception {
        run("init", "-r", near.toString(), "-r", far.toString());
        run("backup", "-r", near.toString(), "-r", far.toString(), "--source", "zoo", zoo.toString());
        Files.move(far, temp.resolve("burnt"));

        String typed = followed(Files.readString(near.resolve("RECOVERY.md")));

        assertThat(differences(empty.resolve("restored"))).as(typed).isEmpty();
    }

    @Test
    void aPageThatAPolicyWroteDoesToo() throws Exception {
        run("init", "-r", near.toString(), "-r", far.toString());
        run("backup", "-f", policy("zoo").toString());
        Files.move(near, temp.resolve("burnt"));

        String typed = followed(Files.readString(far.resolve("RECOVERY.md")));

        assertThat(typed).contains("zoo");
        assertThat(differences(empty.resolve("restored"))).as(typed).isEmpty();
    }

    @Test
    void theRunbookRestoresEverySource() throws Exception {
        run("init", "-r", near.toString(), "-r", far.toString());
        Path policy = policy("zoo", "the same again");
        run("backup", "-f", policy.toString());
        Path runbook = temp.resolve("runbook.md");
        run("runbook", "-f", policy.toString(), "--output", runbook.toString());

        String typed = followed(Files.readString(runbook));

        assertThat(differences(empty.resolve("restored/zoo"))).as(typed).isEmpty();
        assertThat(differences(empty.resolve("restored/the-same-again")))
                .as(typed)
                .isEmpty();
    }

    private Path policy(String... sources) throws IOException {
        StringBuilder text = new StringBuilder("policy: zoo\nsources:\n");
        for (String source : sources) {
            text.append("  - {name: ")
                    .append(source)
                    .append(", paths: ['")
                    .append(zoo)
                    .append("']}\n");
        }
        text.append("destinations:\n  - {name: near, location: '").append(near);
        text.append("'}\n  - {name: far, location: '").append(far).append("', offsite: true}\n");
        return Files.writeString(temp.resolve("policy.yaml"), text.toString());
    }

    private List<String> differences(Path restored) throws IOException {
        return TreeComparer.differences(zoo, restored, TreeComparer.limitsOfJava());
    }

    /** Types every printed command, in order, in the empty directory; returns what was shown. */
    private String followed(String text) throws Exception {
        List<String> blocks = COMMANDS.matcher(text)
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
        assertThat(blocks).hasSize(5);
        Path shown = temp.resolve("shown");
        ProcessBuilder bash = new ProcessBuilder("bash", "-e", "-c", String.join("", blocks));
        bash.environment().keySet().removeIf(name -> name.startsWith("PROVEN_BACKUP") || name.startsWith("XDG_"));
        bash.environment()
                .put("HOME", Files.createDirectory(temp.resolve("home")).toString());
        bash.environment().merge("PATH", JAVA.toString(), (path, java) -> java + File.pathSeparator + path);
        Process process = bash.directory(empty.toFile())
                .redirectErrorStream(true)
                .redirectOutput(shown.toFile())
                .start();
        try (var keyboard = process.getOutputStream()) {
            keyboard.write((PASSPHRASE + "\n").getBytes(UTF_8));
        }
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(shown)).isZero();
        return Files.readString(shown);
    }

    private void run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                JAVA.resolve("java").toString(),
                "-jar",
                empty.resolve("proven-backup-cli.jar").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--password-file", temp.resolve("passphrase").toString()));
        Command.Result result = Command.run(command.toArray(String[]::new));
        assertThat(result.status()).as(result.output()).isZero();
    }
}
