package io.jenkins.plugins.provenbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.cli.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's mistake is answered by one line that says what to do, and never by a stack trace. */
class ErrorMessagesTest {

    @TempDir
    Path scratch;

    private Shell shell;
    private String repository;

    @BeforeEach
    void aRepository() {
        repository = scratch.resolve("repository").toString();
        shell = new Shell(scratch).with(Secrets.PASSWORD, "correct horse");
        assertThat(shell.run("init", "-r", repository).status()).isZero();
    }

    @Test
    void noRepository() {
        fails(1, "create", "snapshots", "-r", scratch.resolve("nothing").toString());
        fails(1, "There is no repository", "snapshots", "-r", scratch.toString());
    }

    @Test
    void noRepositoryNamed() {
        usage("No repository given", "snapshots");
    }

    @Test
    void helpForACommandThatDoesNotExistIsAnError() {
        for (String[] arguments :
                new String[][] {{"frobnicate", "--help"}, {"help", "frobnicate"}, {"key", "frobnicate", "--help"}}) {
            Outcome outcome = shell.run(arguments);
            assertThat(outcome.status()).as(String.join(" ", arguments)).isEqualTo(2);
            assertThat(outcome.out()).isEmpty();
            assertThat(outcome.err()).contains("frobnicate");
        }
        assertThat(shell.run("key", "rotate", "--help").out()).contains("--dry-run");
        assertThat(shell.run("help", "backup").out()).contains("Usage: proven-backup backup");
        assertThat(shell.run("--help").status()).isZero();
    }

    @Test
    void unknownCommandOptionOrMissingArgument() {
        usage("nope", "nope");
        usage("--nope", "snapshots", "--nope");
        usage("--target", "restore", "-r", repository, "latest");
        usage("No command given");
    }

    @Test
    void wrongPassphrase() {
        shell.with(Secrets.PASSWORD, "wrong");
        fails(1, "does not open with this passphrase", "snapshots", "-r", repository);
    }

    @Test
    void noPassphraseAndNobodyToAsk() {
        shell.without(Secrets.PASSWORD);
        fails(2, "A passphrase is needed", "snapshots", "-r", repository);
        fails(1, "password file", "snapshots", "-r", repository, "-p", scratch + "/none");
    }

    @Test
    void aKeyFileThatIsNone() throws IOException {
        Path file = Files.writeString(scratch.resolve("no.key"), "hello");
        fails(1, "no.key", "snapshots", "-r", repository, "--key-file", file.toString());
        fails(1, "does not exist", "snapshots", "-r", repository, "--key-file", scratch + "/none");
    }

    @Test
    void newerFormatAndUnknownFeature() throws IOException {
        Path document = Path.of(repository, "repository.json");
        String text = Files.readString(document);
        Files.writeString(document, text.replace("\\\"format\\\":1", "\\\"format\\\":2"));
        fails(1, "says format 2", "snapshots", "-r", repository);
        Files.writeString(document, text.replace("\\\"requires\\\":[]", "\\\"requires\\\":[\\\"magic\\\"]"));
        fails(1, "requires the feature 'magic'", "snapshots", "-r", repository);
    }

    @Test
    void aRepositoryThatSomebodyElseMade() throws IOException {
        String other = scratch.resolve("other").toString();
        assertThat(new Shell(scratch)
                        .with(Secrets.PASSWORD, "theirs")
                        .run("init", "-r", other)
                        .status())
                .isZero();
        fails(1, "copies of one repository", "snapshots", "-r", repository, "-r", other);
        Path document = Path.of(repository, "repository.json");
        Files.writeString(
                document, Files.readString(document).replace("\\\"minimum\\\":262144", "\\\"minimum\\\":262145"));
        fails(1, "repository.json", "snapshots", "-r", repository);
    }

    @Test
    void missingPathAndBadPattern() {
        fails(1, "cannot back up", "backup", "-r", repository, scratch + "/missing");
        fails(2, "bad pattern", "backup", "-r", repository, "--exclude", "[", scratch.toString());
        fails(2, "bad pattern", "find", "-r", repository, "[");
        fails(2, "Say what to back up", "backup", "-r", repository);
        fails(2, "is no rate", "backup", "-r", repository, "--limit-upload", "fast", scratch.toString());
        fails(2, "--min-copies", "backup", "-r", repository, "--min-copies", "2", scratch.toString());
        fails(2, "is no type", "backup", "-r", repository, "--type", "partial", scratch.toString());
    }

    @Test
    void noSuchSnapshot() throws IOException {
        fails(1, "There is no snapshot", "ls", "-r", repository, "latest");
        Path data = Files.createDirectory(scratch.resolve("data"));
        shell.run("backup", "-r", repository, "--source", "one", data.toString());
        shell.run("backup", "-r", repository, "--source", "two", data.toString());
        fails(1, "latest:one, latest:two", "ls", "-r", repository, "latest");
        fails(1, "'three'", "ls", "-r", repository, "latest:three");
        fails(1, "names no snapshot", "ls", "-r", repository, "xyz");
        fails(1, "no snapshot whose id begins", "ls", "-r", repository, "00000000");
        fails(1, "There is no 'x'", "ls", "-r", repository, "latest:one", "x");
    }

    @Test
    void theSameDestinationTwice() {
        fails(1, "named twice", "snapshots", "-r", repository, "-r", repository + "/.");
    }

    @Test
    void errorsAreJsonToo() throws IOException {
        Outcome outcome = shell.run(
                "snapshots", "--json", "-r", scratch.resolve("nothing").toString());
        assertThat(outcome.json()).containsEntry("exitStatus", 1).containsKey("error");
    }

    private void usage(String message, String... arguments) {
        Outcome outcome = shell.run(arguments);
        assertThat(outcome.status()).as(outcome.err()).isEqualTo(2);
        assertThat(outcome.err()).contains(message).doesNotContain("\tat ", "Exception");
        assertThat(outcome.out()).isEmpty();
    }

    private void fails(int status, String message, String... arguments) {
        Outcome outcome = shell.run(arguments);
        assertThat(outcome.status()).as(outcome.err()).isEqualTo(status);
        assertThat(outcome.err())
                .startsWith("proven-backup: error: ")
                .contains(message)
                .doesNotContain("Exception");
        assertThat(outcome.err().lines()).as(outcome.err()).hasSize(1);
        assertThat(outcome.out()).isEmpty();
    }
}
