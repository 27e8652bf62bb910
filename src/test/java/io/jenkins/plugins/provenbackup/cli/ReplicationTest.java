package io.jenkins.plugins.provenbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.cli.Shell.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replicas and lagging destinations, as a user handles them. */
class ReplicationTest {

    @TempDir
    Path scratch;

    private Shell owner;
    private Shell shell;
    private String near;
    private String far;
    private Path data;

    @BeforeEach
    void aSourceAndAPlace() throws IOException {
        near = scratch.resolve("near").toString();
        far = scratch.resolve("far").toString();
        data = Files.createDirectories(scratch.resolve("data"));
        Files.writeString(data.resolve("a.txt"), "one");
        owner = new Shell(scratch).with(Secrets.PASSWORD, "correct horse");
        owner.run("init", "-r", near);
        // A key file, since every passphrase costs a second.
        String key = scratch.resolve("key").toString();
        assertThat(owner.run("key", "export-backup-key", "-r", near, key).status())
                .isZero();
        shell = new Shell(scratch).with(Opening.KEY_FILE, key);
    }

    @Test
    void aReplicaIsMadeWithoutAnyKeyAndServesARestore() throws IOException {
        backup(near);
        Files.writeString(data.resolve("b.txt"), "two");
        backup(near);
        Shell keyless = new Shell(scratch);

        Outcome dry = keyless.run("replicate", "--from", near, "--to", far, "--dry-run");
        assertThat(dry.status()).as(dry.err()).isZero();
        assertThat(dry.out()).contains("would be a new replica", "to copy  2 snapshots");
        assertThat(Path.of(far)).doesNotExist();
        Outcome made = keyless.run("replicate", "--from", near, "--to", far);

        assertThat(made.status()).as(made.err()).isZero();
        assertThat(made.out()).contains(far + "  new replica", "copied   2 snapshots");
        Outcome again = keyless.run("replicate", "--from", near, "--to", far, "--json");
        assertThat(again.json()).containsEntry("exitStatus", 0);
        assertThat(destination(again)).containsEntry("present", 2).containsEntry("objects", 0);
        Path target = scratch.resolve("target");
        assertThat(owner.run("restore", "-r", far, "latest", "-t", target.toString())
                        .status())
                .isZero();
        assertThat(target.resolve("b.txt")).hasContent("two");
        assertThat(owner.run("verify", "-r", near, "-r", far, "--level", "restore")
                        .status())
                .isZero();
    }

    @Test
    void anotherRepositoryIsRefused() throws IOException {
        owner.run("init", "-r", far);
        Outcome refused = shell.run("replicate", "--from", near, "--to", far);
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("'copy' brings snapshots into a repository with other keys");
        assertThat(shell.run("replicate", "--from", near, "--to", near).status())
                .isEqualTo(1);
    }

    @Test
    void oneOfTwoTargetsThatCannotBeUsedDoesNotStopTheOther() throws IOException {
        backup(near);
        Path file = Files.writeString(scratch.resolve("file"), "no folder");

        Outcome outcome = shell.run("replicate", "--from", near, "--to", file.toString(), "--to", far);

        assertThat(outcome.status()).isEqualTo(3);
        assertThat(outcome.out()).contains("failed: ", far + "  new replica");
    }

    @Test
    void aSourceIsChosenByItsNameWithAKeyAndByItsIdWithout() throws IOException {
        assertThat(shell.run("backup", "-r", near, "--source", "one", data.toString())
                        .status())
                .isZero();
        assertThat(shell.run("backup", "-r", near, "--source", "two", data.toString())
                        .status())
                .isZero();

        Outcome named = shell.run("replicate", "--from", near, "--to", far, "--source", "two", "--key-file", key());

        assertThat(named.status()).as(named.err()).isZero();
        assertThat(shell.run("snapshots", "-r", far).out()).contains("two").doesNotContain("one  ");
        Outcome unknown = shell.run("replicate", "--from", near, "--to", far, "--source", "two");
        assertThat(unknown.status()).isEqualTo(2);
        assertThat(unknown.err()).contains("Without a key");
    }

    @Test
    void theNextBackupBringsWhatADestinationMissed() throws IOException {
        shell.run("replicate", "--from", near, "--to", far);
        backup(near, far);
        Files.move(Path.of(far), scratch.resolve("unplugged"));
        for (int i = 0; i < 3; i++) {
            Files.writeString(data.resolve("more" + i), "more " + i);
            assertThat(shell.run("backup", "-r", near, "-r", far, data.toString())
                            .status())
                    .isEqualTo(3);
        }
        Files.move(scratch.resolve("unplugged"), Path.of(far));

        Outcome without = shell.run("backup", "-r", near, "-r", far, "--no-catch-up", data.toString());
        assertThat(without.status()).isZero();
        assertThat(shell.run("verify", "-r", near, "-r", far).out()).contains("lagging");
        Outcome backup = shell.run("backup", "-r", near, "-r", far, data.toString());

        assertThat(backup.status()).as(backup.err()).isZero();
        assertThat(backup.out()).contains("caught up  " + far + "  3 missed snapshots");
        Outcome verify = shell.run("verify", "-r", near, "-r", far);
        assertThat(verify.status()).isZero();
        assertThat(verify.out()).doesNotContain("lagging");
        Outcome quiet = shell.run("backup", "-r", near, "-r", far, "--json", data.toString());
        assertThat(quiet.json()).containsEntry("caughtUp", List.of()).containsEntry("exitStatus", 0);
    }

    @Test
    void whatWasForgottenIsNotBroughtBackByABackup() throws IOException {
        shell.run("replicate", "--from", near, "--to", far);
        backup(near, far);
        backup(near, far);
        Files.move(Path.of(far), scratch.resolve("unplugged"));
        assertThat(shell.run("forget", "-r", near, "-r", far, "--keep-last", "1")
                        .status())
                .isEqualTo(3);
        Files.move(scratch.resolve("unplugged"), Path.of(far));

        Outcome backup = shell.run("backup", "-r", near, "-r", far, data.toString());

        assertThat(backup.status()).as(backup.err()).isZero();
        assertThat(backup.out()).doesNotContain("caught up");
        assertThat(shell.run("snapshots", "-r", near, "--json").json().get("snapshots"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(2);
    }

    @Test
    void whatCannotBeCaughtUpIsToldAndTheSnapshotStands() throws IOException {
        shell.run("replicate", "--from", near, "--to", far);
        backup(near, far);
        Files.move(Path.of(far), scratch.resolve("unplugged"));
        Files.writeString(data.resolve("a.txt"), "changed");
        shell.run("backup", "-r", near, "-r", far, data.toString());
        Files.move(scratch.resolve("unplugged"), Path.of(far));
        Files.writeString(data.resolve("a.txt"), "changed again, and the archive between is gone");
        for (Path archive : newestFiles(Path.of(near, "archives"), Path.of(far, "archives"))) {
            Files.delete(archive);
        }

        Outcome backup = shell.run("backup", "-r", near, "-r", far, "--json", data.toString());

        assertThat(backup.status()).as(backup.err()).isEqualTo(3);
        assertThat(backup.err()).contains("goes on lagging");
        assertThat(backup.json()).containsEntry("copies", 2).containsEntry("exitStatus", 3);
        Map<?, ?> caughtUp = (Map<?, ?>) ((List<?>) backup.json().get("caughtUp")).get(0);
        assertThat(caughtUp.get("state")).isEqualTo("incomplete");
    }

    @Test
    void aLostOrDamagedDescriptionIsFoundAndMended() throws IOException {
        backup(near);
        shell.run("replicate", "--from", near, "--to", far);
        Path description = Path.of(far, "repository.json");
        byte[] whole = Files.readAllBytes(description);
        byte[] forged = whole.clone();
        forged[forged.length - 20] = (byte) (forged[forged.length - 20] == 'A' ? 'B' : 'A');
        byte[] noSignature = whole.clone();
        noSignature[noSignature.length - 20] = '~';
        for (byte[] broken : List.of("{".getBytes(StandardCharsets.UTF_8), forged, noSignature, new byte[0])) {
            Files.delete(description);
            if (broken.length > 0) {
                Files.write(description, broken);
            }
            Outcome found = shell.run("verify", "-r", near, "-r", far);
            assertThat(found.status()).as(found.err()).isEqualTo(4);
            assertThat(found.out()).contains("repository.json");

            Outcome mended = shell.run("verify", "-r", near, "-r", far, "--repair");

            assertThat(mended.status()).as(mended.out() + mended.err()).isZero();
            assertThat(mended.out()).contains("mended", far);
            assertThat(Files.readAllBytes(description)).isEqualTo(whole);
        }
        assertThat(shell.run("verify", "-r", near, "-r", far).out()).doesNotContain("repository.json");
    }

    @Test
    void aDescriptionThatNamesAnotherRepositoryByAFlippedBitIsMended() throws IOException {
        backup(near);
        shell.run("replicate", "--from", near, "--to", far);
        for (String flipped : List.of(near, far)) {
            Path description = Path.of(flipped, "repository.json");
            byte[] whole = Files.readAllBytes(description);
            flipTheIdIn(description);

            Outcome refused = shell.run("snapshots", "-r", near, "-r", far);
            assertThat(refused.status()).isEqualTo(1);
            assertThat(refused.err()).contains("copies of one repository", "'verify' with both tells");
            Outcome found = shell.run("verify", "-r", near, "-r", far);
            assertThat(found.status()).as(found.err()).isEqualTo(4);
            assertThat(found.out()).contains(description + " is damaged: it names repository", "'verify --repair'");
            assertThat(description).as("nothing was mended yet").exists();
            assertThat(Files.readAllBytes(description)).isNotEqualTo(whole);

            Outcome mended = shell.run("verify", "-r", near, "-r", far, "--repair");

            assertThat(mended.status()).as(mended.out() + mended.err()).isZero();
            assertThat(mended.out()).contains("mended", description.toString());
            assertThat(Files.readAllBytes(description)).isEqualTo(whole);
        }
        assertThat(owner.run("verify", "-r", near, "-r", far, "--level", "restore")
                        .status())
                .isZero();
    }

    @Test
    void thePassphraseTellsADescriptionWithAFlippedBitToo() throws IOException {
        backup(near);
        shell.run("replicate", "--from", near, "--to", far);
        flipTheIdIn(Path.of(near, "repository.json"));

        Outcome mended = owner.run("verify", "-r", near, "-r", far, "--repair");

        assertThat(mended.status()).as(mended.out() + mended.err()).isZero();
        assertThat(owner.run("snapshots", "-r", near).status()).isZero();
    }

    @Test
    void theDescriptionOfARepositoryThatReallyIsAnotherIsNeverReplaced() throws IOException {
        backup(near);
        new Shell(scratch).with(Secrets.PASSWORD, "another one").run("init", "-r", far);
        Path description = Path.of(far, "repository.json");
        byte[] whole = Files.readAllBytes(description);

        Outcome refused = shell.run("verify", "-r", near, "-r", far, "--repair");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("copies of one repository");

        for (Path slot : DemoFiles.files(Path.of(far, "keys"))) {
            Files.delete(slot);
        }
        Outcome left = shell.run("verify", "-r", near, "-r", far, "--repair");
        assertThat(left.status()).as(left.out()).isEqualTo(3);
        assertThat(left.err()).contains(far + " is left out", "names repository");
        assertThat(Files.readAllBytes(description)).isEqualTo(whole);
    }

    private static void flipTheIdIn(Path description) throws IOException {
        String text = Files.readString(description);
        int place = text.indexOf("repository\\\":\\\"") + "repository\\\":\\\"".length();
        char digit = text.charAt(place);
        char flipped = (char) (digit ^ (digit == 'a' || digit == 'f' ? 2 : 1)); // still a hexadecimal digit
        Files.writeString(description, text.substring(0, place) + flipped + text.substring(place + 1));
    }

    @Test
    void theRowOfADestinationThatLacksSnapshotsSaysSo() throws IOException {
        backup(near);
        shell.run("replicate", "--from", near, "--to", far);
        shell.run("snapshots", "-r", near, "-r", far);
        try (var files = Files.walk(Path.of(far, "snapshots"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }

        Outcome found = shell.run("verify", "-r", near, "-r", far);

        assertThat(found.out().lines().filter(line -> line.startsWith(far)).findFirst())
                .get()
                .asString()
                .contains("1 lost", "1 lagging")
                .doesNotContain("intact");
        assertThat(shell.run("verify", "-r", near, "-r", far, "--repair").status())
                .isZero();
        assertThat(shell.run("verify", "-r", far).out()).contains("intact");
    }

    @Test
    void snapshotsAreCopiedIntoARepositoryWithOtherKeys() throws IOException {
        assertThat(shell.run("backup", "-r", near, "--source", "data", "--tag", "x=1", data.toString())
                        .status())
                .isZero();
        Shell other = new Shell(scratch)
                .with(Secrets.PASSWORD, "another one")
                .with(CopyCommand.FROM_PASSWORD, "correct horse");
        other.run("init", "-r", far);
        assertThat(shell.run("copy", "--from", near, "--from-key-file", key(), "--to", far, "--key-file", key())
                        .err())
                .as("a backup key does not read, and is no key of the other")
                .contains("error");

        Outcome copied = other.run("copy", "--from", near, "--to", far);

        assertThat(copied.status()).as(copied.err()).isZero();
        assertThat(copied.out()).contains("data", "copied", "1 snapshot copied, 0 there before");
        Outcome again = other.run("copy", "--from", near, "--to", far, "--json", "latest:data");
        assertThat(again.json()).containsEntry("copied", 0).containsEntry("present", 1);
        Path target = scratch.resolve("target");
        assertThat(other.run("restore", "-r", far, "latest:data", "-t", target.toString())
                        .status())
                .isZero();
        assertThat(target.resolve("a.txt")).hasContent("one");
        assertThat(other.run("snapshots", "-r", far).out()).contains("copied-from=", "x=1");
    }

    private String key() {
        return scratch.resolve("key").toString();
    }

    /** Those that only the first has. */
    private static List<Path> newestFiles(Path folder, Path other) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !Files.exists(other.resolve(folder.relativize(file))))
                    .toList();
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> destination(Outcome outcome) throws IOException {
        return (Map<String, Object>) ((List<?>) outcome.json().get("destinations")).get(0);
    }

    private void backup(String... destinations) {
        String[] arguments = new String[2 * destinations.length + 2];
        arguments[0] = "backup";
        for (int i = 0; i < destinations.length; i++) {
            arguments[2 * i + 1] = "-r";
            arguments[2 * i + 2] = destinations[i];
        }
        arguments[arguments.length - 1] = data.toString();
        Outcome outcome = shell.run(arguments);
        assertThat(outcome.status()).as(outcome.err()).isZero();
    }
}
