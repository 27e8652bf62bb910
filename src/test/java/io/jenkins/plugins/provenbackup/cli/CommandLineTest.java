package io.jenkins.plugins.provenbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.jenkins.plugins.provenbackup.cli.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user types, and what comes back. */
class CommandLineTest {

    @TempDir
    Path scratch;

    private Shell shell;
    private String near;
    private String far;
    private Path data;

    @BeforeEach
    void aSourceAndTwoPlaces() throws IOException {
        near = scratch.resolve("near").toString();
        far = scratch.resolve("far").toString();
        data = Files.createDirectories(scratch.resolve("data/sub")).getParent();
        Files.writeString(data.resolve("a.txt"), "one");
        Files.writeString(data.resolve("sub/b.txt"), "two");
        shell = new Shell(scratch).with(Secrets.PASSWORD, "correct horse");
    }

    @Test
    void backsUpListsAndRestores() throws IOException {
        assertThat(shell.run("init", "-r", near, "-r", far).status()).isZero();
        Outcome backup = shell.run("backup", "-r", near, "-r", far, "--tag", "app=shop", "--json", data.toString());
        assertThat(backup.status()).as(backup.err()).isZero();
        assertThat(backup.json()).containsEntry("copies", 2).containsEntry("kind", "full").containsKey("snapshot");

        Outcome list = shell.run("snapshots", "-r", near, "-r", far, "--json");
        Map<?, ?> snapshot = (Map<?, ?>) ((List<?>) list.json().get("snapshots")).get(0);
        assertThat(snapshot.get("id")).isEqualTo(backup.json().get("snapshot"));
        assertThat(snapshot.get("tags")).isEqualTo(Map.of("app", "shop"));
        assertThat(snapshot.get("destinations")).isEqualTo(List.of(near, far));

        Outcome ls = shell.run("-r", near, "ls", "latest", "sub");
        assertThat(ls.out()).isEqualTo("sub/\nsub/b.txt\n");
        Path target = scratch.resolve("target");
        assertThat(shell.run("restore", "-r", far, "latest", "-t", target.toString()).status()).isZero();
        assertThat(target.resolve("sub/b.txt")).hasContent("two");
        assertThat(shell.run("cat", "-r", far, "latest", "a.txt").out()).isEqualTo("one");
    }

    @Test
    void findsComparesTagsAndForgets() throws IOException {
        shell.with(GlobalOptions.REPOSITORY, near + "\n" + far).run("init");
        String first = snapshot();
        Files.writeString(data.resolve("a.txt"), "changed");
        Files.writeString(data.resolve("c.txt"), "new");
        String second = snapshot();

        assertThat(shell.run("diff", first, second).out()).contains("M  a.txt\n", "+  c.txt\n").doesNotContain("b.txt");
        assertThat(shell.run("find", "c.*").out()).contains(second.substring(0, 8), "c.txt").doesNotContain(first.substring(0, 8));
        assertThat(shell.run("find", "--json", "**/b.txt").json().get("matches")).asInstanceOf(LIST).hasSize(2);
        assertThat(shell.run("tag", first, "keep=yes", "x=1").out()).contains("keep=yes,x=1");
        assertThat(shell.run("tag", first, "x=").out()).contains("keep=yes").doesNotContain("x=");
        assertThat(shell.run("snapshots", "--tag", "keep", "--json").json().get("snapshots")).asInstanceOf(LIST).hasSize(1);
        assertThat(shell.run("stats").out()).contains(near, far);

        assertThat(shell.run("forget", "--keep-last", "1", "--dry-run").out()).contains("1 snapshot would be forgotten, 1 kept");
        assertThat(shell.run("forget", "--keep-last", "1").status()).isZero();
        Outcome left = shell.run("snapshots", "--json");
        assertThat(left.err()).isEmpty();
        assertThat(left.json().get("snapshots")).asInstanceOf(LIST).hasSize(1);

        Outcome refused = shell.run("forget", second);
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("last complete one");
    }

    @Test
    void damageIsStatusFourAndRepairMendsIt() throws IOException {
        shell.with(GlobalOptions.REPOSITORY, near + "\n" + far).run("init");
        snapshot();
        Path archive = DemoFiles.files(Path.of(near, "archives")).get(0);
        Files.write(archive, new byte[] {1});

        assertThat(shell.run("verify").status()).isEqualTo(4);
        Outcome repair = shell.run("verify", "--repair");
        assertThat(repair.status()).as(repair.out()).isZero();
        assertThat(shell.run("verify", "--level", "restore", "--json").json()).containsEntry("damaged", false);
    }

    @Test
    void aSnapshotThatWasSeenAndIsGoneIsDamage() throws IOException {
        shell.with(GlobalOptions.REPOSITORY, near).run("init");
        snapshot();
        String second = snapshot();
        for (Path manifest : DemoFiles.files(Path.of(near, "snapshots"))) {
            if (manifest.getFileName().toString().startsWith("0000000002")) {
                Files.delete(manifest);
            }
        }

        Outcome list = shell.run("snapshots");
        assertThat(list.status()).isZero();
        assertThat(list.err()).contains("snapshot " + second.substring(0, 8), "gone from there without forget");
        assertThat(shell.run("verify").status()).isEqualTo(4);
        assertThat(shell.run("recover").out()).contains("1 recovered");
        assertThat(shell.run("verify").status()).isZero();
    }

    @Test
    void fewerCopiesThanAskedIsStatusThree() throws IOException {
        shell.run("init", "-r", near, "-r", far);
        Files.delete(Path.of(far, "repository.json"));

        Outcome both = shell.run("backup", "-r", near, "-r", far, data.toString());
        assertThat(both.status()).isEqualTo(3);
        assertThat(both.out()).contains("complete", "unreachable");
        Outcome one = shell.run("backup", "-r", near, "-r", far, "--min-copies", "1", data.toString());
        assertThat(one.status()).as(one.err()).isZero();
    }

    @Disabled("the engine's catalog refuses an entry whose root directory is no entry itself")
    @Test
    void backsUpStandardInputAndACommand() throws IOException {
        shell.with(GlobalOptions.REPOSITORY, near).run("init");
        assertThat(shell.reading("from a pipe").run("backup", "--stdin", "--name", "dump.sql", "--source", "db").status()).isZero();
        assertThat(shell.run("cat", "latest:db", "dump.sql").out()).isEqualTo("from a pipe");
        assertThat(shell.run("backup", "--command", "echo hello", "--name", "hello", "--source", "cmd").status()).isZero();
        assertThat(shell.run("cat", "latest:cmd", "hello").out()).isEqualTo("hello\n");
        Outcome failing = shell.run("backup", "--command", "echo x; exit 7", "--name", "hello", "--source", "cmd");
        assertThat(failing.status()).isNotZero();
    }

    @Test
    void aFailingHookIsTold() throws IOException {
        shell.with(GlobalOptions.REPOSITORY, near).run("init");
        Outcome before = shell.run("backup", "--before", "exit 5", data.toString());
        assertThat(before.status()).isEqualTo(1);
        assertThat(before.err()).contains("--before command ended with status 5");
        assertThat(shell.run("snapshots").out()).contains("no snapshots yet");

        Path seen = scratch.resolve("seen");
        Outcome after = shell.run("backup", "--after", "echo $PROVEN_BACKUP_STATUS > " + seen + "; exit 6", data.toString());
        assertThat(after.status()).isEqualTo(1);
        assertThat(after.err()).contains("--after command ended with status 6", "stands");
        assertThat(seen).hasContent("0\n");
    }

    @Test
    void passphrasesAreAddedChangedAndRemoved() throws IOException {
        shell.with(GlobalOptions.REPOSITORY, near + "\n" + far).run("init");
        assertThat(shell.with(Secrets.NEW_PASSWORD, "second").run("key", "add", "--label", "escrow").status()).isZero();
        assertThat(shell.run("key", "list").out()).contains("escrow", "everywhere");
        assertThat(shell.with(Secrets.NEW_PASSWORD, "third").run("key", "change").status()).isZero();
        assertThat(shell.run("snapshots").status()).isEqualTo(1);
        shell.with(Secrets.PASSWORD, "third");
        List<?> slots = (List<?>) shell.run("key", "list", "--json").json().get("slots");
        assertThat(slots).hasSize(2);
        String escrow = slots.stream()
                .map(slot -> (Map<?, ?>) slot)
                .filter(slot -> "escrow".equals(slot.get("label")))
                .map(slot -> (String) slot.get("id"))
                .findFirst()
                .orElseThrow();
        Outcome removed = shell.run("key", "remove", escrow.substring(0, 6));
        assertThat(removed.status()).isZero();
        assertThat(removed.err()).contains("does not revoke");
        String last = (String) ((Map<?, ?>) ((List<?>) shell.run("key", "list", "--json").json().get("slots")).get(0)).get("id");
        Outcome refused = shell.run("key", "remove", last);
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("last intact key slot");
    }

    @Test
    void aSourceKeyBacksUpAndForgetsItsSourceButReadsNothing() throws IOException {
        shell.with(GlobalOptions.REPOSITORY, near).run("init");
        String file = scratch.resolve("shop.key").toString();
        assertThat(shell.run("key", "export-backup-key", "--source", "shop", file).status()).isZero();
        snapshot();
        shell.without(Secrets.PASSWORD).with(Opening.KEY_FILE, file);

        assertThat(shell.run("backup", data.toString()).status()).isZero();
        assertThat(shell.run("backup", data.toString()).status()).isZero();
        assertThat(shell.run("snapshots", "--json").json().get("snapshots")).asInstanceOf(LIST).hasSize(2);
        assertThat(shell.run("ls", "latest").out()).contains("a.txt");
        assertThat(shell.run("forget", "--keep-last", "1").out()).contains("1 snapshot forgotten, 1 kept");
        Outcome read = shell.run("cat", "latest", "a.txt");
        assertThat(read.status()).isEqualTo(1);
        assertThat(read.err()).contains("source key cannot read content");
        assertThat(shell.run("backup", "--source", "other", data.toString()).status()).isEqualTo(1);
    }

    @Test
    void askedTwiceAtInitAndOnceLater() {
        shell.without(Secrets.PASSWORD);
        assertThat(shell.typing("a", "b").run("init", "-r", near).err()).contains("differ");
        assertThat(Path.of(near, "repository.json")).doesNotExist();
        assertThat(shell.typing("a", "a").run("init", "-r", near).status()).isZero();
        assertThat(shell.typing("a").run("snapshots", "-r", near).status()).isZero();
    }

    @Test
    void theFirstInitIsExtendedToFurtherDestinations() {
        assertThat(shell.run("init", "-r", near).status()).isZero();
        assertThat(shell.run("init", "-r", near, "-r", far).out()).contains("created repository", far, "was there already");
        Outcome again = shell.run("init", "-r", near, "-r", far);
        assertThat(again.status()).isEqualTo(1);
        assertThat(again.err()).contains("already");
        Outcome wrong = new Shell(scratch).with(Secrets.PASSWORD, "x").run("init", "-r", near, "-r", scratch + "/third");
        assertThat(wrong.status()).isEqualTo(1);
        assertThat(scratch.resolve("third/repository.json")).doesNotExist();
    }

    private String snapshot() throws IOException {
        Outcome backup = shell.run("backup", "--json", data.toString());
        assertThat(backup.status()).as(backup.err()).isZero();
        return (String) backup.json().get("snapshot");
    }
}
