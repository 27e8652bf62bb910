package io.jenkins.plugins.provenbackup.engine.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a snapshot says, and whatever lies in the target, nothing outside of it is touched. */
class HostileTreeTest {

    @TempDir
    private Path directory;

    private Path outside;

    @BeforeEach
    void putSomethingOutside() throws IOException {
        outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("passwd"), "precious");
    }

    @ParameterizedTest
    @EnumSource(Overwrite.class)
    void writesNoFileThroughALinkOfTheSnapshot(Overwrite overwrite) throws Exception {
        try (RestoreTarget target = Nodes.open(target(), overwrite)) {
            target.symlink(Nodes.symlink("x", outside.toString()));

            assertRefused(() -> Nodes.restore(target, Nodes.file("x/passwd", "evil"), "evil"));
            assertRefused(() -> Nodes.restore(target, Nodes.file("x/new", "evil"), "evil"));
            assertRefused(() -> target.symlink(Nodes.symlink("x/link", "evil")));
            assertRefused(() -> target.directory(Nodes.directory("x/dir")));
            assertRefused(() -> target.directory(Nodes.directory("x")));
            assertRefused(() -> target.finishDirectory(Nodes.directory("x")));
            assertRefused(() -> target.updateMetadata(Nodes.file("x/passwd", "precious")));
        }
        assertOutsideIsUntouched();
    }

    @ParameterizedTest
    @EnumSource(Overwrite.class)
    void writesNothingThroughALinkThatIsInTheTarget(Overwrite overwrite) throws Exception {
        Files.createSymbolicLink(Files.createDirectory(target()).resolve("x"), outside);
        try (RestoreTarget target = Nodes.open(target(), overwrite)) {
            assertRefused(() -> Nodes.restore(target, Nodes.file("x/passwd", "evil"), "evil"));

            if (overwrite == Overwrite.NEVER) {
                assertThat(target.plan(Nodes.directory("x")).kind()).isEqualTo(Action.Kind.REFUSE);
                assertRefused(() -> target.directory(Nodes.directory("x")));
                assertRefused(() -> Nodes.restore(target, Nodes.file("x/new", "evil"), "evil"));
            } else {
                target.directory(Nodes.directory("x"));
                Nodes.restore(target, Nodes.file("x/passwd", "mine"), "mine");
                assertThat(target().resolve("x")).isDirectory();
                assertThat(Files.isSymbolicLink(target().resolve("x"))).isFalse();
                assertThat(target().resolve("x/passwd")).hasContent("mine");
            }
        }
        assertOutsideIsUntouched();
    }

    @Test
    void replacesALinkInThePlaceOfAFileInsteadOfWritingThroughIt() throws Exception {
        Files.createSymbolicLink(Files.createDirectory(target()).resolve("file"), outside.resolve("passwd"));
        try (RestoreTarget target = Nodes.open(target(), Overwrite.IF_CHANGED)) {
            assertThat(target.plan(Nodes.file("file", "mine")).kind()).isEqualTo(Action.Kind.REPLACE);
            Nodes.restore(target, Nodes.file("file", "mine"), "mine");
        }
        assertThat(Files.isRegularFile(target().resolve("file"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
        assertOutsideIsUntouched();
    }

    @Test
    void refusesADirectoryThatWasSwappedForALinkAfterItWasPlanned() throws Exception {
        Files.createDirectories(target().resolve("dir"));
        try (RestoreTarget target = Nodes.open(target(), Overwrite.ALWAYS)) {
            assertThat(target.plan(Nodes.directory("dir")).kind()).isEqualTo(Action.Kind.UPDATE_METADATA);
            Files.delete(target().resolve("dir"));
            Files.createSymbolicLink(target().resolve("dir"), outside);

            assertRefused(() -> Nodes.restore(target, Nodes.file("dir/passwd", "evil"), "evil"));
        }
        assertOutsideIsUntouched();
    }

    @Test
    void linksOnlyToFilesOfThisRun() throws Exception {
        Path private1 = Files.writeString(Files.createDirectory(target()).resolve("private"), "private");
        try (RestoreTarget target = Nodes.open(target(), Overwrite.ALWAYS)) {
            target.symlink(Nodes.symlink("to-file", outside.resolve("passwd").toString()));
            target.symlink(Nodes.symlink("to-dir", outside.toString()));
            Node link = Nodes.linkedFile("link", "precious");

            for (String first : Set.of("to-file", "to-dir/passwd", "private", "missing")) {
                assertThat(target.hardLink(link, EntryPath.parse(first))).isEqualTo(LinkOutcome.COPY_NEEDED);
            }
        }
        assertThat(Files.getAttribute(private1, "unix:nlink")).isEqualTo(1);
        assertThat(Files.getAttribute(outside.resolve("passwd"), "unix:nlink")).isEqualTo(1);
    }

    @Test
    void refusesTheSecondOfTwoEntriesOfOneName() throws Exception {
        try (RestoreTarget target = Nodes.open(target(), Overwrite.ALWAYS)) {
            Nodes.restore(target, Nodes.file("a", "first"), "first");
            target.directory(Nodes.directory("b"));

            assertRefused(() -> Nodes.restore(target, Nodes.file("a", "second"), "second"));
            assertRefused(() -> target.symlink(Nodes.symlink("a", "second")));
            assertRefused(() -> target.directory(Nodes.directory("a")));
            assertRefused(() -> Nodes.restore(target, Nodes.file("a/below", "x"), "x"));
        }
        assertThat(target().resolve("a")).hasContent("first");
    }

    @Test
    void refusesFilesWhoseDirectoryIsMissing() throws Exception {
        try (RestoreTarget target = Nodes.open(target(), Overwrite.ALWAYS)) {
            assertRefused(() -> Nodes.restore(target, Nodes.file("no/file", "x"), "x"));
        }
    }

    @Test
    void refusesALinkWithoutTarget() throws Exception {
        try (RestoreTarget target = Nodes.open(target(), Overwrite.ALWAYS)) {
            assertRefused(() -> target.symlink(Nodes.symlink("empty", "")));
        }
    }

    @Test
    void isClosedToOthersUntilItIsFinished() throws Exception {
        try (RestoreTarget target = Nodes.open(target(), Overwrite.ALWAYS)) {
            target.directory(Nodes.directory("dir"));
            assertThat(Files.getAttribute(target(), "unix:mode")).isEqualTo(040700);
            assertThat(Files.getAttribute(target().resolve("dir"), "unix:mode")).isEqualTo(040700);

            target.finishDirectory(Nodes.directory("dir"));
            target.finishDirectory(Nodes.directory(""));
        }
        assertThat(Files.getAttribute(target(), "unix:mode")).isEqualTo(040755);
        assertThat(Files.getAttribute(target().resolve("dir"), "unix:mode")).isEqualTo(040755);
    }

    @Test
    void givesAnEmptyDirectoryItsModeBackWhenTheSnapshotSaysNothingOfIt() throws Exception {
        Files.createDirectory(target());
        Files.setAttribute(target(), "unix:mode", 0751);
        try (RestoreTarget target = Nodes.open(target(), Overwrite.ALWAYS)) {
            Nodes.restore(target, Nodes.file("a", "a"), "a");
        }
        assertThat(Files.getAttribute(target(), "unix:mode")).isEqualTo(040751);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "con",
                "NUL",
                "aux.txt",
                "COM1",
                "lpt9.log",
                "a:b",
                "a.",
                "a ",
                "q?",
                "back\\slash",
                "tab\t",
                "com\u00b9"
            })
    void knowsTheNamesThatWindowsTakesForSomethingElse(String name) {
        assertThat(WindowsNames.forbids(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"config", "nullify", "com10", "lpt", ".hidden", "a.b", "gr\u00fc\u00df e"})
    void letsOrdinaryNamesPassOnWindows(String name) {
        assertThat(WindowsNames.forbids(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isFalse();
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(UnsafeEntryException.class).hasMessageContaining("refused");
    }

    private void assertOutsideIsUntouched() throws IOException {
        assertThat(Nodes.names(outside)).containsExactly("passwd");
        assertThat(outside.resolve("passwd")).hasContent("precious");
    }

    private Path target() {
        return directory.resolve("target");
    }
}
