package io.jenkins.plugins.provenbackup.engine.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.testing.Command;
import io.jenkins.plugins.provenbackup.testing.TreeComparer;
import io.jenkins.plugins.provenbackup.testing.TreeComparer.Aspect;
import io.jenkins.plugins.provenbackup.testing.TreeCopier;
import io.jenkins.plugins.provenbackup.testing.TreeFixture;
import io.jenkins.plugins.provenbackup.testing.TreeReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaithfulRestoreTest {

    private final LimitationCounts limits = new LimitationCounts();

    @TempDir
    private Path directory;

    @Test
    void restoresEverythingThatJavaCanIntoANewDirectory() throws Exception {
        TreeFixture.zoo(source());

        TreeCopier.Report report = copy(Overwrite.ALWAYS);

        assertThat(report.problems()).isEmpty();
        assertThat(TreeComparer.differences(source(), target(), TreeComparer.limitsOfJava()))
                .isEmpty();
    }

    @Test
    void restoresEverythingThatJavaCanAmongOtherFiles() throws Exception {
        TreeFixture.zoo(source());
        Files.createDirectories(target());
        Files.writeString(target().resolve("not-ours"), "stays");
        Files.createDirectories(target().resolve("names"));
        Files.writeString(target().resolve("names/-dash"), "longer than it was and to be replaced");

        TreeCopier.Report report = copy(Overwrite.ALWAYS);

        assertThat(report.problems()).isEmpty();
        assertThat(target().resolve("not-ours")).hasContent("stays");
        Files.delete(target().resolve("not-ours"));
        assertThat(TreeComparer.differences(source(), target(), rootAside(TreeComparer.limitsOfJava())))
                .isEmpty();
    }

    @Test
    void restoresNamesAndLinkTargetsThatTheLocaleCannotSpell() throws Exception {
        TreeFixture.zoo(source());

        Command.Result result = Command.java(
                Map.of("LC_ALL", "C"), List.of(), TreeCopier.class, source().toString(), target().toString());

        assertThat(result.status()).as(result.output()).isZero();
        assertThat(TreeComparer.differences(source(), target(), TreeComparer.limitsOfJava()))
                .isEmpty();
    }

    @Test
    void countsExactlyTheTimesThatCameOutCoarser() throws Exception {
        TreeFixture.zoo(source());

        copy(Overwrite.ALWAYS);

        long coarser = 0;
        List<Node> before = TreeReader.read(source());
        List<Node> after = TreeReader.read(target());
        for (int i = 0; i < before.size(); i++) {
            boolean same = before.get(i)
                    .metadata()
                    .mtime()
                    .equals(after.get(i).metadata().mtime());
            coarser += same ? 0 : 1;
        }
        long counted = limits.tallies().values().stream()
                .mapToLong(LimitationCounts.Tally::count)
                .sum();
        assertThat(counted).isEqualTo(coarser);
    }

    @Test
    void keepsAHugeSparseFileSparse() throws Exception {
        Files.createDirectory(source());
        TreeFixture fixture = TreeFixture.zoo(directory.resolve("zoo"));
        fixture.withHugeSparseFile();
        Path huge = directory.resolve("zoo/huge-sparse");
        Node node = TreeReader.read(directory.resolve("zoo")).stream()
                .filter(one -> one.path().toString().equals("huge-sparse"))
                .findFirst()
                .orElseThrow();
        byte[] end = new byte[10];

        try (RestoreTarget target = Nodes.open(target(), Overwrite.ALWAYS);
                OpenFile file = target.file(node)) {
            file.write(new byte[] {'d'}, 0, 1);
            file.hole(node.size() - 1 - end.length);
            file.write(end, 0, end.length);
            file.finish();
        }

        Path restored = target().resolve("huge-sparse");
        assertThat(Files.size(restored)).isEqualTo(Files.size(huge));
        assertThat(Command.run("stat", "-c", "%b", restored.toString()).output().trim())
                .satisfies(blocks -> assertThat(Long.parseLong(blocks)).isLessThan(1000));
    }

    @Test
    void aSecondRunFindsNothingToDo() throws Exception {
        TreeFixture.zoo(source());
        copy(Overwrite.IF_CHANGED);

        TreeCopier.Report again = copy(Overwrite.IF_CHANGED);

        assertThat(again.problems()).isEmpty();
        assertThat(again.actions()).doesNotContain(Action.Kind.CREATE, Action.Kind.REPLACE);
        assertThat(TreeComparer.differences(source(), target(), TreeComparer.limitsOfJava()))
                .isEmpty();
    }

    @Test
    void correctsMetadataOfAFileWhoseContentIsUnchanged() throws Exception {
        Path file = Files.writeString(Files.createDirectory(source()).resolve("file"), "content");
        copy(Overwrite.IF_CHANGED);
        Object inode = Files.getAttribute(target().resolve("file"), "unix:ino");
        Files.setAttribute(target().resolve("file"), "unix:mode", 0600);
        Files.setAttribute(file, "unix:mode", 0754);

        assertThat(copy(Overwrite.IF_CHANGED).actions()).contains(Action.Kind.UPDATE_METADATA);

        assertThat(Files.getAttribute(target().resolve("file"), "unix:mode")).isEqualTo(0100754);
        assertThat(Files.getAttribute(target().resolve("file"), "unix:ino")).isEqualTo(inode);
    }

    @Test
    void linksAFileAgainThatIsThereButNotLinked() throws Exception {
        Files.createDirectory(source());
        Path first = Files.writeString(source().resolve("a"), "content");
        Files.createLink(source().resolve("b"), first);
        Files.createDirectory(target());
        for (String name : List.of("a", "b")) {
            Files.writeString(target().resolve(name), "content");
            Files.setLastModifiedTime(target().resolve(name), Files.getLastModifiedTime(first));
        }

        copy(Overwrite.IF_CHANGED);

        assertThat(TreeComparer.differences(source(), target())).isEmpty();
    }

    @Test
    void setsAnMtimeThatNoClockOfTheJdkReachesToTheNearestAndSaysSo() throws Exception {
        Instant far = Instant.parse("9999-01-01T00:00:00Z");
        Node node = Nodes.file("far", "");
        var metadata = node.metadata();
        Node distant = new Node(
                node.path(),
                node.type(),
                new io.jenkins.plugins.provenbackup.engine.catalog.Metadata(
                        0644, 0, 0, "", "", far, far, 0, 0, metadata.xattrs()),
                0,
                node.linkTarget());

        try (RestoreTarget target = RestoreTarget.open(
                target(), new RestoreOptions(Overwrite.ALWAYS, Ownership.IGNORE, Unlisted.KEEP, limits))) {
            Nodes.restore(target, distant, "");
        }

        assertThat(limits.tallies()).containsOnlyKeys(Limitation.MTIME_OUT_OF_RANGE);
        assertThat(Files.getLastModifiedTime(target().resolve("far")))
                .isGreaterThan(FileTime.from(Instant.parse("2200-01-01T00:00:00Z")));
    }

    @Test
    void anOrdinaryUserGetsEverythingButOwnersAndIsToldOnce() throws Exception {
        assumeTrue(TreeFixture.isRoot() && Command.works("setpriv", "--version"));
        List<String> asNobody = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        Files.setAttribute(directory, "unix:mode", 0777);
        Path zoo = Files.createDirectory(source());
        Files.writeString(zoo.resolve("plain"), "plain");
        Files.writeString(zoo.resolve("setuid"), "setuid");
        Files.setAttribute(zoo.resolve("setuid"), "unix:mode", 04755);
        Files.setAttribute(Files.writeString(zoo.resolve("write-protected"), "x"), "unix:mode", 0444);
        Files.setAttribute(Files.createDirectory(zoo.resolve("closed")), "unix:mode", 0555);
        assumeTrue(Command.java(Map.of(), asNobody, TreeReader.class).output().contains("main"), "classes unreadable");

        Command.Result result = Command.java(Map.of(), asNobody, TreeCopier.class, zoo.toString(), target().toString());

        assertThat(result.output())
                .contains("OWNER_NOT_PERMITTED 5", "GROUP_NOT_PERMITTED 5", "SPECIAL_MODE_BITS_DROPPED 1 setuid")
                .doesNotContain("Exception", "was not restored");
        assertThat(TreeComparer.differences(zoo, target(), Aspect.OWNER)).isEmpty();
        assertThat(Files.getAttribute(target().resolve("setuid"), "unix:mode")).isEqualTo(0100755);
    }

    private TreeCopier.Report copy(Overwrite overwrite) throws Exception {
        RestoreOptions options = new RestoreOptions(overwrite, Ownership.RESTORE, Unlisted.KEEP, limits);
        try (RestoreTarget target = RestoreTarget.open(target(), options)) {
            return TreeCopier.copy(source(), target);
        }
    }

    /** Deleting what is not ours changed the root's mtime again. */
    private Aspect[] rootAside(Aspect... ignored) throws Exception {
        Files.setLastModifiedTime(target(), Files.getLastModifiedTime(source()));
        return ignored;
    }

    private Path source() {
        return directory.resolve("source");
    }

    private Path target() {
        return directory.resolve("target");
    }
}
