package io.jenkins.plugins.provenbackup.engine.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.testing.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to what is in the target already, and to what is not finished. */
class OverwriteTest {

    private static final Node FILE = Nodes.file("file", "content");

    @TempDir
    private Path directory;

    private Path target;

    @BeforeEach
    void fillTarget() throws IOException {
        target = Files.createDirectory(directory.resolve("target"));
        Files.writeString(target.resolve("file"), "before!");
        Files.createDirectories(target.resolve("full/sub"));
        Files.createDirectory(target.resolve("empty"));
    }

    @Test
    void aDryRunTouchesNothing() throws Exception {
        Path missing = directory.resolve("missing");
        try (RestoreTarget plan = Nodes.open(missing, Overwrite.ALWAYS)) {
            assertThat(plan.plan(Nodes.directory("a"))).isEqualTo(Action.CREATE);
            assertThat(plan.plan(Nodes.file("a/b", "x"))).isEqualTo(Action.CREATE);
        }
        FileTime before = Files.getLastModifiedTime(target);
        try (RestoreTarget plan = Nodes.open(target, Overwrite.ALWAYS, Unlisted.DELETE)) {
            assertThat(plan.plan(FILE).kind()).isEqualTo(Action.Kind.REPLACE);
            assertThat(plan.others(EntryPath.ROOT, Set.of(ByteString.utf8("file"))))
                    .hasSize(2);
        }
        assertThat(missing).doesNotExist();
        assertThat(Files.getLastModifiedTime(target)).isEqualTo(before);
    }

    @Test
    void neverLeavesWhatIsThere() throws Exception {
        try (RestoreTarget restore = Nodes.open(target, Overwrite.NEVER)) {
            assertThat(restore.plan(FILE).kind()).isEqualTo(Action.Kind.KEEP);
            assertThatThrownBy(() -> Nodes.restore(restore, FILE, "content")).isInstanceOf(UnsafeEntryException.class);
        }
        assertThat(target.resolve("file")).hasContent("before!");
    }

    @Test
    void ifChangedGoesBySizeAndMtime() throws Exception {
        try (RestoreTarget restore = Nodes.open(target, Overwrite.IF_CHANGED)) {
            assertThat(restore.plan(FILE).kind()).isEqualTo(Action.Kind.REPLACE);
            Files.setLastModifiedTime(target.resolve("file"), FileTime.from(Nodes.MTIME));
            Files.setAttribute(target.resolve("file"), "unix:mode", 0644);
            assertThat(restore.plan(FILE).kind()).isEqualTo(Action.Kind.KEEP);
            Files.writeString(target.resolve("file"), "longer than before");
            Files.setLastModifiedTime(target.resolve("file"), FileTime.from(Nodes.MTIME));
            assertThat(restore.plan(FILE).kind()).isEqualTo(Action.Kind.REPLACE);
        }
    }

    @Test
    void replacesAnEmptyDirectoryButAFullOneOnlyWhenItMayDelete() throws Exception {
        try (RestoreTarget restore = Nodes.open(target, Overwrite.ALWAYS)) {
            Nodes.restore(restore, Nodes.file("empty", "x"), "x");
            assertThat(restore.plan(Nodes.file("full", "x")).kind()).isEqualTo(Action.Kind.REFUSE);
            assertThatThrownBy(() -> Nodes.restore(restore, Nodes.file("full", "x"), "x"))
                    .isInstanceOf(UnsafeEntryException.class)
                    .hasMessageContaining("--delete");
        }
        assertThat(target.resolve("full/sub")).isDirectory();
        try (RestoreTarget restore = Nodes.open(target, Overwrite.ALWAYS, Unlisted.DELETE)) {
            Nodes.restore(restore, Nodes.file("full", "x"), "x");
        }
        assertThat(target.resolve("full")).hasContent("x");
        assertThat(Nodes.names(target)).containsExactly("empty", "file", "full");
    }

    @Test
    void aFileGetsItsNameOnlyWhenItIsComplete() throws Exception {
        try (RestoreTarget restore = Nodes.open(target, Overwrite.ALWAYS);
                OpenFile file = restore.file(FILE)) {
            file.write(new byte[] {'c', 'o'}, 0, 2);
            assertThat(target.resolve("file")).hasContent("before!");
            assertThatThrownBy(file::finish).isInstanceOf(TargetException.class).hasMessageContaining("7 bytes");
        }
        assertThat(target.resolve("file")).hasContent("before!");
        assertThat(Nodes.names(target)).containsExactly("empty", "file", "full");
    }

    @Test
    void refusesMoreContentThanTheSnapshotSays() throws Exception {
        try (RestoreTarget restore = Nodes.open(directory.resolve("own"), Overwrite.ALWAYS)) {
            assertThatThrownBy(() -> Nodes.restore(restore, Nodes.file("short", "a"), "abc"))
                    .isInstanceOf(TargetException.class);
        }
        assertThat(Nodes.names(directory.resolve("own"))).isEmpty();
    }

    @Test
    void closingTheTargetRemovesWhatIsNotFinished() throws Exception {
        RestoreTarget restore = Nodes.open(target, Overwrite.ALWAYS);
        OpenFile file = restore.file(FILE);
        file.write(new byte[] {'c'}, 0, 1);

        restore.close();

        assertThatThrownBy(file::finish).isInstanceOf(TargetException.class);
        assertThat(target.resolve("file")).hasContent("before!");
        assertThat(Nodes.names(target)).containsExactly("empty", "file", "full");
    }

    @Test
    void anInterruptLeavesNoHalfFile() throws Exception {
        try (RestoreTarget restore = Nodes.open(target, Overwrite.ALWAYS)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> Nodes.restore(restore, FILE, "content")).isInstanceOf(TargetException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(target.resolve("file")).hasContent("before!");
        assertThat(Nodes.names(target)).containsExactly("empty", "file", "full");
    }

    @Test
    void deletesWhatTheSnapshotDoesNotHaveWithoutFollowingLinks() throws Exception {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "precious");
        Files.createSymbolicLink(target.resolve("full/sub/link"), outside);
        Files.createSymbolicLink(target.resolve("link"), outside);
        try (RestoreTarget restore = Nodes.open(target, Overwrite.ALWAYS, Unlisted.DELETE)) {
            for (EntryPath other : restore.others(EntryPath.ROOT, Set.of(ByteString.utf8("file")))) {
                restore.delete(other);
            }
            assertThat(restore.others(EntryPath.parse("link"), Set.of())).isEmpty();
        }
        assertThat(Nodes.names(target)).containsExactly("file");
        assertThat(outside.resolve("precious")).hasContent("precious");
    }

    @Test
    void deletesNothingThatItMayNot() throws Exception {
        try (RestoreTarget restore = Nodes.open(target, Overwrite.ALWAYS)) {
            assertThatThrownBy(() -> restore.delete(EntryPath.parse("full"))).isInstanceOf(UnsafeEntryException.class);
        }
        try (RestoreTarget restore = Nodes.open(target, Overwrite.ALWAYS, Unlisted.DELETE)) {
            assertThatThrownBy(() -> restore.delete(EntryPath.ROOT)).isInstanceOf(UnsafeEntryException.class);
        }
        assertThat(target.resolve("full/sub")).isDirectory();
    }

    @Test
    void entersNoFileSystemMountedBelowWhenItDeletes() throws Exception {
        assertThat(inOwnMounts("full/sub", MountedBelow.class)).contains("another file system is mounted", "kept true");
    }

    @Test
    void aFullDiskIsOneClearErrorAndNoHalfFile() throws Exception {
        assertThat(inOwnMounts("empty", FullDisk.class))
                .contains("TargetFullException", "no space left", "--overwrite if-changed", "left [old]");
    }

    /** Runs a class with a file system of 1 MiB mounted at a directory of the target, seen by nobody else. */
    private String inOwnMounts(String mountPoint, Class<?> main) throws Exception {
        String[] probe = {
            "unshare", "--user", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "x", target.toString()
        };
        assumeTrue(Command.works(probe), "user name spaces are switched off here");
        String mount = "mount -t tmpfs -o size=1m x '" + target.resolve(mountPoint) + "' && exec \"$0\" \"$@\"";
        List<String> prefix = List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount);
        return Command.java(Map.of(), prefix, main, target.toString()).output();
    }

    /** Tries to delete a directory with a mount point in it. */
    static final class MountedBelow {

        private MountedBelow() {}

        public static void main(String[] arguments) throws IOException {
            Path target = Path.of(arguments[0]);
            Path inside = Files.writeString(target.resolve("full/sub/inside"), "x");
            try (RestoreTarget restore = Nodes.open(target, Overwrite.ALWAYS, Unlisted.DELETE)) {
                restore.delete(EntryPath.parse("full"));
            } catch (TargetException e) {
                System.out.println(e.getMessage());
            }
            System.out.println("kept " + Files.exists(inside));
        }
    }

    /** Restores more than there is room for. */
    static final class FullDisk {

        private FullDisk() {}

        public static void main(String[] arguments) throws IOException {
            Path target = Path.of(arguments[0]).resolve("empty");
            Files.writeString(target.resolve("old"), "old");
            String content = "x".repeat(3 << 20);
            try (RestoreTarget restore = Nodes.open(target, Overwrite.ALWAYS)) {
                Nodes.restore(restore, Nodes.file("big", content), content);
            } catch (TargetException e) {
                System.out.println(e);
            }
            System.out.println("left " + Nodes.names(target));
        }
    }
}
