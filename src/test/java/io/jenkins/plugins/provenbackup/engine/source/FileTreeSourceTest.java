package io.jenkins.plugins.provenbackup.engine.source;

import static io.jenkins.plugins.provenbackup.engine.source.Walked.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Metadata;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FileTreeSourceTest {

    @TempDir
    private Path directory;

    @Test
    void yieldsEntriesInCatalogOrder() throws Exception {
        for (String name : List.of("a-b", "a/b", "a/b-", "a/b/c", "a!", "B", "a.b", "\u00fc", "~", "a/Z")) {
            Path file = RawNames.resolve(directory, entry(name));
            if (name.equals("a/b")) {
                Files.createDirectories(file);
            } else {
                Files.createDirectories(file.getParent());
                Files.writeString(file, name);
            }
        }

        List<String> paths = Walked.of(directory).paths();

        assertThat(paths)
                .containsExactly("", "B", "a", "a/Z", "a/b", "a/b/c", "a/b-", "a!", "a-b", "a.b", "~", "\u00fc");
        assertThat(paths.stream().map(Walked::entry)).isSorted();
    }

    @Test
    void givesADirectorysOwnMetadataAtTheRoot() throws Exception {
        Files.setLastModifiedTime(directory, FileTime.from(Instant.ofEpochSecond(1000)));

        Node root = Walked.of(directory).items().get(0).node();

        assertThat(root.path()).isEqualTo(EntryPath.ROOT);
        assertThat(root.type()).isEqualTo(EntryType.DIRECTORY);
        assertThat(root.metadata().mtime()).isEqualTo(Instant.ofEpochSecond(1000));
    }

    @Test
    void givesOneFileByItsName() throws Exception {
        Path file = Files.writeString(directory.resolve("notes"), "abc");

        Walked walked = Walked.of(file);

        assertThat(walked.paths()).containsExactly("notes");
        assertThat(walked.node("notes").size()).isEqualTo(3);
    }

    @Test
    void keepsTheNamesOfSeveralPaths() throws Exception {
        Path z = Files.createDirectory(directory.resolve("z"));
        Files.writeString(z.resolve("in"), "");
        Path a = Files.writeString(directory.resolve("a"), "");

        assertThat(Walked.of(new FileTreeSource(List.of(z, a), WalkOptions.ALL)).paths())
                .containsExactly("a", "z", "z/in");
    }

    @Test
    void refusesTwoPathsOfOneName() throws Exception {
        Path first = Files.createDirectories(directory.resolve("x/data"));
        Path second = Files.createDirectories(directory.resolve("y/data"));

        assertThatThrownBy(() -> new FileTreeSource(List.of(first, second), WalkOptions.ALL).walk(p -> {}))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("x/data")
                .hasMessageContaining("y/data");
    }

    @Test
    void refusesAPathThatIsMissing() {
        assertThatThrownBy(() -> Walked.of(directory.resolve("none")))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("none")
                .hasMessageContaining("no such file");
    }

    @Test
    void followsALinkThatTheUserNamed() throws Exception {
        Files.writeString(Files.createDirectory(directory.resolve("real")).resolve("f"), "");
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("real"));

        assertThat(Walked.of(link).paths()).containsExactly("", "f");
    }

    @Test
    void numbersHardLinksAlike() throws Exception {
        Path file = Files.writeString(directory.resolve("one"), "x");
        Files.createLink(directory.resolve("two"), file);
        Path other = Files.writeString(directory.resolve("other"), "x");
        Files.createLink(directory.resolve("third"), other);
        Files.writeString(directory.resolve("single"), "x");

        Walked walked = Walked.of(directory);

        assertThat(group(walked, "one")).isPositive().isEqualTo(group(walked, "two"));
        assertThat(group(walked, "other")).isPositive().isEqualTo(group(walked, "third"));
        assertThat(group(walked, "one")).isNotEqualTo(group(walked, "other"));
        assertThat(group(walked, "single")).isZero();
    }

    @Test
    void keepsLinksAsTheyAreAndFollowsNone() throws Exception {
        Files.createDirectory(directory.resolve("dir"));
        List<String> targets = List.of("nowhere", "/etc/none", "dir", "self", "dir//x/", ".", "\u00fc");
        List<String> names = List.of("dangling", "absolute", "to-dir", "self", "odd", "loop", "utf8");
        for (int i = 0; i < targets.size(); i++) {
            Files.createSymbolicLink(
                    directory.resolve(names.get(i)),
                    RawNames.pathOf(targets.get(i).getBytes(StandardCharsets.UTF_8)));
        }

        Walked walked = Walked.of(directory);

        assertThat(walked.paths()).hasSize(targets.size() + 2);
        for (int i = 0; i < targets.size(); i++) {
            Node node = walked.item(names.get(i)).complete();
            assertThat(node.type()).isEqualTo(EntryType.SYMLINK);
            assertThat(node.size()).isZero();
            assertThat(node.linkTarget()).isEqualTo(ByteString.utf8(targets.get(i)));
        }
    }

    @Test
    void readsModesWithSetuidAndSticky() throws Exception {
        Path file = Files.writeString(directory.resolve("f"), "");
        Path sticky = Files.createDirectory(directory.resolve("d"));
        run("chmod", "6751", file.toString());
        run("chmod", "1777", sticky.toString());

        Walked walked = Walked.of(directory);

        assertThat(walked.node("f").metadata().mode()).isEqualTo(06751);
        assertThat(walked.node("d").metadata().mode()).isEqualTo(01777);
    }

    @Test
    void readsTimesToTheNanosecondAlsoBefore1970() throws Exception {
        List<String> times =
                List.of("2020-02-03T04:05:06.123456789Z", "1969-12-31T23:59:58Z", "1901-12-14T00:00:01.5Z");
        for (int i = 0; i < times.size(); i++) {
            Path file = Files.writeString(directory.resolve("f" + i), "");
            run("touch", "-d", times.get(i), file.toString());
        }

        Walked walked = Walked.of(directory);

        for (int i = 0; i < times.size(); i++) {
            assertThat(walked.node("f" + i).metadata().mtime()).isEqualTo(Instant.parse(times.get(i)));
        }
    }

    @Test
    void completesOwnersAndUserAttributes() throws Exception {
        Path file = Files.writeString(directory.resolve("f"), "");
        UserDefinedFileAttributeView view = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
        boolean written = true;
        try {
            view.write("zebra", ByteBuffer.wrap(new byte[] {0, 1, 2}));
            view.write("ant", ByteBuffer.allocate(0));
        } catch (IOException e) {
            written = false;
        }
        assumeThat(written).as("user attributes work here").isTrue();

        Metadata metadata = Walked.of(directory).item("f").complete().metadata();

        assertThat(metadata.user())
                .isEqualTo(Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).getName());
        assertThat(metadata.xattrs())
                .containsExactly(
                        new Metadata.Xattr(ByteString.utf8("user.ant"), ByteString.EMPTY),
                        new Metadata.Xattr(ByteString.utf8("user.zebra"), ByteString.of(new byte[] {0, 1, 2})));
    }

    @Test
    void leavesTheOwnersNameEmptyWhereThereIsNone() throws Exception {
        Path file = Files.writeString(directory.resolve("f"), "");
        boolean changed = new ProcessBuilder("chown", "4000000000:4000000001", file.toString())
                        .redirectErrorStream(true)
                        .start()
                        .waitFor()
                == 0;
        assumeThat(changed).as("runs as root").isTrue();

        Metadata metadata = Walked.of(directory).item("f").complete().metadata();

        assertThat(metadata.uid()).isEqualTo(4000000000L);
        assertThat(metadata.gid()).isEqualTo(4000000001L);
        assertThat(metadata.user()).isEmpty();
        assertThat(metadata.group()).isEmpty();
    }

    @Test
    void reportsSpecialFilesByKind() throws Exception {
        run("mkfifo", directory.resolve("pipe").toString());
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(directory.resolve("socket")));

            Walked walked = Walked.of(directory);

            assertThat(walked.paths()).containsExactly("");
            assertThat(walked.kinds()).containsExactly(Problem.Kind.FIFO, Problem.Kind.SOCKET);
        }
    }

    @Test
    void tellsAnUnreadableDirectoryFromAnEmptyOne() throws Exception {
        assumeThat(isRoot()).as("runs as an ordinary user").isFalse();
        Path closed = Files.createDirectory(directory.resolve("closed"));
        Files.createDirectory(directory.resolve("empty"));
        Files.setPosixFilePermissions(closed, Set.of());
        try {
            Walked walked = Walked.of(directory);

            assertThat(walked.paths()).containsExactly("", "closed", "empty");
            assertThat(walked.problems())
                    .containsExactly(new Problem(
                            entry("closed"),
                            Problem.Kind.UNREADABLE_DIRECTORY,
                            "cannot read 'closed': permission denied"));
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void reportsPathsThatTheSystemCannotReach() throws Exception {
        String chain = ("/" + "n".repeat(200)).repeat(12).substring(1);
        Path upper = Files.createDirectories(directory.resolve("upper").resolve(chain));
        Files.createDirectories(directory.resolve("lower").resolve(chain));
        Files.move(directory.resolve("lower"), upper.resolve("lower"));
        try {
            Walked walked = Walked.of(directory);

            assertThat(walked.items()).hasSizeGreaterThan(15);
            assertThat(walked.problems()).hasSize(1);
            assertThat(walked.problems().get(0).kind().effect()).isEqualTo(Problem.Effect.INCOMPLETE);
            assertThat(walked.problems().get(0).path().isWithin(entry("upper/" + chain + "/lower")))
                    .isTrue();
        } finally {
            Files.move(upper.resolve("lower"), directory.resolve("lower"));
        }
    }

    @Test
    void leavesOutWhatMarkersSay() throws Exception {
        Files.createFile(Files.createDirectory(directory.resolve("a")).resolve(".nobackup"));
        Files.createFile(directory.resolve("a/x"));
        Files.writeString(
                Files.createDirectory(directory.resolve("b")).resolve("CACHEDIR.TAG"),
                "Signature: 8a477f597d28d172789f06886806bc55\n# made by a test");
        Files.createFile(directory.resolve("b/x"));
        Files.writeString(Files.createDirectory(directory.resolve("c")).resolve("CACHEDIR.TAG"), "Signature: none");
        Files.createFile(directory.resolve("c/x"));

        Walked heeded = Walked.of(directory, WalkOptions.ALL.withMarkers(Set.of(Marker.values())));

        assertThat(heeded.paths()).containsExactly("", "a", "b", "b/CACHEDIR.TAG", "c", "c/CACHEDIR.TAG", "c/x");
        assertThat(heeded.kinds()).containsExactly(Problem.Kind.MARKED_NO_BACKUP, Problem.Kind.CACHE_DIRECTORY);
        assertThat(Walked.of(directory).paths()).hasSize(10);
    }

    @Test
    void staysOnOneFileSystem() throws Exception {
        Path mount = Files.createDirectory(directory.resolve("mount"));
        boolean mounted = new ProcessBuilder("mount", "-t", "tmpfs", "none", mount.toString())
                        .redirectErrorStream(true)
                        .start()
                        .waitFor()
                == 0;
        assumeThat(mounted).as("may mount").isTrue();
        try {
            Files.createFile(mount.resolve("x"));

            Walked walked = Walked.of(directory, WalkOptions.ALL.withBoundary(WalkOptions.Boundary.ONE_FILE_SYSTEM));

            assertThat(walked.paths()).containsExactly("", "mount");
            assertThat(walked.kinds()).containsExactly(Problem.Kind.OTHER_FILE_SYSTEM);
            assertThat(Walked.of(directory).paths()).containsExactly("", "mount", "mount/x");
        } finally {
            run("umount", mount.toString());
        }
    }

    @Test
    void walksOnlyWhatAListSays() throws Exception {
        for (String path : List.of("a/b/c", "a/b/d", "a-/x", "e/f", "e/g/h", "i")) {
            Files.createDirectories(directory.resolve(path).getParent());
            Files.createFile(directory.resolve(path));
        }
        String list = "e/g/\n./a/b/d\n\ni\nmissing/x\ni/below\na-/none\n";
        Selection selection = Selection.read(new ByteArrayInputStream(list.getBytes(StandardCharsets.UTF_8)), "list");

        Walked walked = Walked.of(directory, WalkOptions.ALL.withSelection(selection));

        assertThat(walked.paths()).containsExactly("", "a", "a/b", "a/b/d", "a-", "e", "e/g", "e/g/h", "i");
        assertThat(walked.problems().stream().map(problem -> problem.path().toString()))
                .containsExactly("a-/none", "missing");
        assertThat(walked.kinds()).containsOnly(Problem.Kind.NOT_FOUND);
    }

    @Test
    void readsAListOfNamesWithLineBreaks() throws Exception {
        Files.createFile(directory.resolve("a\nb"));
        Files.createFile(directory.resolve("a"));
        Selection selection = Selection.read(new ByteArrayInputStream(new byte[] {'a', '\n', 'b', 0}), "list");

        assertThat(Walked.of(directory, WalkOptions.ALL.withSelection(selection))
                        .paths())
                .containsExactly("", "a\\x0ab");
    }

    @Test
    void refusesAListThatLeadsOutside() {
        assertThatThrownBy(() -> Selection.read(
                        new ByteArrayInputStream("ok\n../secret".getBytes(StandardCharsets.UTF_8)), "my-list"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("my-list, entry 2")
                .hasMessageContaining("../secret");
    }

    @Test
    void walksADirectoryOfTwentyThousandFiles() throws Exception {
        for (int i = 0; i < 20_000; i++) {
            Files.createFile(directory.resolve("f" + i * 7919L % 20_011));
        }

        Walked walked = Walked.of(directory);

        assertThat(walked.items()).hasSize(20_001);
        List<EntryPath> paths =
                walked.items().stream().map(item -> item.node().path()).toList();
        assertThat(paths).isSorted().doesNotHaveDuplicates();
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void endsWhenInterrupted() throws Exception {
        Files.createFile(directory.resolve("f"));
        try (SourceWalk walk = new FileTreeSource(List.of(directory), WalkOptions.ALL).walk(p -> {})) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(walk::next).isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
            assertThat(walk.next()).isEmpty();
        }
    }

    @Test
    void keepsAnyNameInThePosixLocale() throws Exception {
        byte[] longest = new byte[255];
        Arrays.fill(longest, (byte) 0xff);
        List<byte[]> names = new ArrayList<>(List.of(
                new byte[] {(byte) 0xc3, (byte) 0x28, ' ', '\n'},
                "\ud83d\ude00".getBytes(StandardCharsets.UTF_8),
                longest,
                "plain".getBytes(StandardCharsets.UTF_8)));
        names.sort(Arrays::compareUnsigned);
        StringBuilder expected = new StringBuilder("\n");
        for (byte[] name : names) {
            Files.writeString(RawNames.resolve(directory, name), "content");
            expected.append(EntryPath.ROOT.child(name)).append(" 7\n");
        }

        ProcessBuilder child = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PrintWalk.class.getName(),
                directory.toString());
        child.environment().put("LC_ALL", "C");
        Process process = child.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(said).isEqualTo(expected.toString());
        assertThat(process.waitFor()).isZero();
    }

    private static long group(Walked walked, String path) {
        return walked.node(path).metadata().linkGroup();
    }

    private static boolean isRoot() throws Exception {
        Process id = new ProcessBuilder("id", "-u").start();
        return new String(id.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                .strip()
                .equals("0");
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
