package io.jenkins.plugins.provenbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.provenbackup.testing.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tens of thousands of files that nobody made for a test: this machine's Java and its {@code /usr/share}, backed up to two
 * destinations by the launcher and restored from each, and compared by another program.
 */
class RealTreesIT {

    private static final Path SHARE = Path.of("/usr/share");

    @TempDir
    static Path temp;

    private static String snapshot;

    @BeforeAll
    static void backsUpToTwoDestinations() throws Exception {
        assumeTrue(Command.works("rsync", "--version"), "rsync compares the trees");
        assumeTrue(Files.isReadable(SHARE), "/usr/share is what is backed up");
        Files.writeString(temp.resolve("passphrase"), "eight words that only this test knows\n");
        run("init", "-r", repository("a"), "-r", repository("b"));
        run(
                "backup",
                "-r",
                repository("a"),
                "-r",
                repository("b"),
                "--source",
                "real",
                System.getProperty("java.home"),
                SHARE.toString());
        snapshot = "latest:real";
    }

    @Test
    void restoresTheSameTreesFromTheFirstDestination() throws Exception {
        restoresTheSameTreesFrom("a");
    }

    @Test
    void restoresTheSameTreesFromTheSecondDestination() throws Exception {
        restoresTheSameTreesFrom("b");
    }

    private static void restoresTheSameTreesFrom(String name) throws Exception {
        Path target = temp.resolve("restored-" + name);
        run("restore", "-r", repository(name), snapshot, "--target", target.toString());
        for (Path original : List.of(Path.of(System.getProperty("java.home")), SHARE)) {
            Path restored = target.resolve(original.getFileName());
            Command.Result compared = Command.run(
                    "rsync",
                    "-aHAXn",
                    "--checksum",
                    "--delete",
                    "--itemize-changes",
                    original + "/",
                    restored + "/");
            assertThat(compared.output()).isEmpty();
            assertThat(compared.status()).isZero();
        }
    }

    private static String repository(String name) {
        return temp.resolve(name).toString();
    }

    private static void run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(System.getProperty("proven-backup.launcher")));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--password-file", temp.resolve("passphrase").toString()));
        Command.Result result = Command.run(command.toArray(String[]::new));
        assertThat(result.status()).as(result.output()).isZero();
    }
}
