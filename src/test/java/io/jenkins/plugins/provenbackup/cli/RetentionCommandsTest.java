package io.jenkins.plugins.provenbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.jenkins.plugins.provenbackup.cli.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds, retention and the return of space, as a user handles them. */
class RetentionCommandsTest {

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
        data = Files.createDirectories(scratch.resolve("data"));
        Shell owner = new Shell(scratch).with(Secrets.PASSWORD, "correct horse");
        owner.run("init", "-r", near, "-r", far);
        // A key file, since every passphrase costs a second.
        String key = scratch.resolve("key").toString();
        assertThat(owner.run("key", "export-backup-key", "-r", near, key).status())
                .isZero();
        shell = new Shell(scratch).with(Opening.KEY_FILE, key).with(GlobalOptions.REPOSITORY, near + "\n" + far);
    }

    @Test
    void whatIsHeldStaysUntilItIsReleased() throws IOException {
        String first = backup(1);
        String second = backup(2);
        String third = backup(3);

        Outcome hold = shell.run("hold", first, "--reason", "before the upgrade");
        assertThat(hold.status()).as(hold.err()).isZero();
        assertThat(hold.out()).isEqualTo("snapshot " + brief(first) + " of data is held now\n");
        assertThat(shell.run("hold", first).out()).contains("is held already");

        Outcome dry = shell.run("forget", "--keep-last", "1", "--dry-run");
        assertThat(dry.out()).contains("1 snapshot would be forgotten, 2 kept").containsPattern("keep +held");
        Outcome forget = shell.run("forget", "--keep-last", "1", "--json");
        assertThat(forget.status()).as(forget.err()).isZero();
        assertThat(forget.json()).containsEntry("forgotten", 1);
        assertThat(ids()).containsExactlyInAnyOrder(first, third).doesNotContain(second);
        Outcome refused = shell.run("forget", first);
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("is held (before the upgrade)", "'release' it first");

        Outcome release = shell.run("release", "--json", first);
        assertThat(release.status()).as(release.err()).isZero();
        assertThat(release.json()).containsEntry("held", false);
        assertThat(((Map<?, ?>) ((List<?>) release.json().get("snapshots")).get(0)).get("changed"))
                .isEqualTo(true);
        assertThat(shell.run("release", first).out()).contains("is not held");
        assertThat(shell.run("forget", first).status()).isZero();
        assertThat(ids()).containsExactly(third);
    }

    @Test
    void rulesLookAtOneTagOrAtEachOfItsValues() throws IOException {
        String plain = backup(1);
        String shop = backup(2, "--tag", "app=shop");
        String wiki = backup(3, "--tag", "app=wiki");
        String laterShop = backup(4, "--tag", "app=shop");
        String laterWiki = backup(5, "--tag", "app=wiki");

        Outcome tagged = shell.run("forget", "--keep-last", "1", "--tag", "app=shop");
        assertThat(tagged.status()).as(tagged.err()).isZero();
        assertThat(ids())
                .containsExactlyInAnyOrder(plain, wiki, laterShop, laterWiki)
                .doesNotContain(shop);

        Outcome grouped = shell.run("forget", "--keep-last", "1", "--group-by-tag", "app");
        assertThat(grouped.status()).as(grouped.err()).isZero();
        assertThat(ids()).containsExactlyInAnyOrder(plain, laterShop, laterWiki).doesNotContain(wiki);
    }

    @Test
    void aHoldThatDidNotReachEveryDestinationIsStatusThree() throws IOException {
        String only = backup(1);
        Files.move(Path.of(far), scratch.resolve("unplugged"));

        Outcome hold = shell.run("hold", only);

        assertThat(hold.status()).isEqualTo(3);
        assertThat(hold.err()).contains(far);
        assertThat(shell.run("hold", "00000000", "-r", near).status()).isEqualTo(1);
    }

    @Test
    void spaceComesBackADayAfterItWasCondemned() throws IOException {
        String first = backup(1);
        backup(2);
        long archives = archives();
        assertThat(shell.run("forget", first).status()).isZero();

        Outcome dry = shell.run("prune", "--dry-run");
        assertThat(dry.status()).as(dry.err()).isZero();
        assertThat(dry.out()).contains("nothing was changed");
        assertThat(amount(shell.run("prune", "--json"), "condemned")).isPositive();
        assertThat(amount(shell.run("prune", "--json"), "waiting")).isPositive();
        assertThat(archives()).isEqualTo(archives);

        age(Duration.ofHours(25));
        // The archive, the catalog and the manifest's twin.
        Outcome prune = shell.run("prune");
        assertThat(prune.status()).as(prune.err()).isZero();
        assertThat(prune.out()).containsPattern(near + " +[0-9.]+ KiB in 3 ");
        assertThat(archives()).isLessThan(archives);
        assertThat(shell.run("verify").status()).isZero();
    }

    @Test
    void pruneNowDoesNotWaitAndNothingNeededGoes() throws IOException {
        String first = backup(1);
        backup(2);
        shell.run("forget", first);
        long archives = archives();

        Outcome now = shell.run("prune", "--now", "--json");

        assertThat(now.status()).as(now.err()).isZero();
        assertThat(amount(now, "deleted")).isPositive();
        assertThat(archives()).isLessThan(archives);
        assertThat(shell.run("verify").status()).isZero();
    }

    @Test
    void pruneDeletesNothingWhileADestinationIsOutOfReach() throws IOException {
        String first = backup(1);
        backup(2);
        shell.run("forget", first);
        Files.move(Path.of(far), scratch.resolve("unplugged"));
        long archives = archives();

        Outcome prune = shell.run("prune", "--now");

        assertThat(prune.status()).isEqualTo(1);
        assertThat(prune.err()).contains(far, "Nothing was deleted");
        assertThat(archives()).isEqualTo(archives);
        assertThat(shell.run("prune", "--compact-below", "101").status()).isEqualTo(2);
    }

    @Test
    void recoverListsWhatItBringsBackFromTheOldestToTheNewest() throws IOException {
        List<String> made = List.of(backup(1), backup(2), backup(3), backup(4), backup(5));
        for (Path manifest : DemoFiles.files(Path.of(near, "snapshots"))) {
            Files.delete(manifest);
        }

        Outcome recover = shell.run("recover", "-r", near);

        assertThat(recover.status()).as(recover.err()).isZero();
        assertThat(recover.out().lines())
                .containsExactly(
                        near + "  0 were there, 5 recovered",
                        "  recovered   " + brief(made.get(0)),
                        "  recovered   " + brief(made.get(1)),
                        "  recovered   " + brief(made.get(2)),
                        "  recovered   " + brief(made.get(3)),
                        "  recovered   " + brief(made.get(4)));
    }

    @Test
    void forgetSaysWhatItDoesNotUnderstand() throws IOException {
        backup(1);

        assertThat(shell.run("forget").status()).isEqualTo(2);
        assertThat(shell.run("forget", "latest", "--keep-last", "1").status()).isEqualTo(2);
        assertThat(shell.run("forget", "--keep-within", "soon").status()).isEqualTo(2);
        assertThat(shell.run("forget", "--keep-last", "1", "--time-zone", "Mars")
                        .err())
                .contains("'Mars' is no time zone");
        Outcome nothing = shell.run("forget", "--keep-last", "1", "--source", "other");
        assertThat(nothing.status()).isEqualTo(1);
        assertThat(nothing.err()).contains("no snapshot of the source 'other'");
    }

    /** Other content each time, so that each snapshot has an archive of its own. */
    private String backup(int number, String... more) throws IOException {
        byte[] content = new byte[50_000];
        new Random(number).nextBytes(content);
        Files.write(data.resolve("a"), content);
        List<String> words = new ArrayList<>(List.of("backup", "--source", "data", "--json", data.toString()));
        words.addAll(List.of(more));
        Outcome backup = shell.run(words.toArray(String[]::new));
        assertThat(backup.status()).as(backup.err()).isZero();
        return (String) backup.json().get("snapshot");
    }

    private List<Object> ids() throws IOException {
        Outcome list = shell.run("snapshots", "--json");
        assertThat(list.json().get("snapshots")).asInstanceOf(LIST).isNotEmpty();
        return ((List<?>) list.json().get("snapshots"))
                .stream().map(one -> (Object) ((Map<?, ?>) one).get("id")).toList();
    }

    private static String brief(String id) {
        return id.substring(0, 8);
    }

    private long archives() throws IOException {
        return DemoFiles.files(Path.of(near, "archives")).size();
    }

    private static int amount(Outcome prune, String what) throws IOException {
        assertThat(prune.status()).as(prune.err()).isZero();
        Map<?, ?> one = (Map<?, ?>) ((List<?>) prune.json().get("destinations")).get(0);
        return (Integer) ((Map<?, ?>) one.get(what)).get("objects");
    }

    private void age(Duration time) throws IOException {
        for (String place : List.of(near, far)) {
            for (Path file : DemoFiles.files(Path.of(place))) {
                FileTime before = Files.getLastModifiedTime(file);
                Files.setLastModifiedTime(file, FileTime.from(before.toInstant().minus(time)));
            }
        }
    }
}
