package io.jenkins.plugins.provenbackup.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import io.jenkins.plugins.provenbackup.testing.Command;
import io.jenkins.plugins.provenbackup.testing.TreeFixture;
import io.jenkins.plugins.provenbackup.testing.TreeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** All snapshots as a file system of this machine: {@code serve}, mounted by rclone. */
@Timeout(180)
class MountedSnapshotsIT {

    private static final String PASSPHRASE = "eight words that only this test knows";
    private static final Path FUSE = Path.of("/dev/fuse");
    private static final String SERVING = "Serving on ";

    @TempDir
    Path temp;

    private Path zoo;
    private Path mount;
    private Process serve;

    @BeforeEach
    void serveTwoSnapshots() throws Exception {
        assumeTrue(Files.isReadable(FUSE) && Files.isWritable(FUSE), "no /dev/fuse that this user may use");
        assumeTrue(Command.works("rclone", "version"), "no rclone: install rclone");
        assumeTrue(Command.works("fusermount3", "--version"), "no fusermount3: install fuse3");
        zoo = temp.resolve("zoo");
        TreeFixture.zoo(zoo);
        Files.writeString(temp.resolve("passphrase"), PASSPHRASE + "\n");
        String repository = temp.resolve("repository").toString();
        run("init", "-r", repository);
        run("backup", "-r", repository, "--source", "zoo", zoo.toString());
        Path output = temp.resolve("serve.out");
        serve = new ProcessBuilder(command("serve", "-r", repository))
                .redirectOutput(output.toFile())
                .redirectError(temp.resolve("serve.err").toFile())
                .start();
        String address = address(output);
        mount = Files.createDirectory(temp.resolve("mount"));
        Command.Result mounted = Command.run(
                "rclone",
                "--config",
                "/dev/null",
                "mount",
                "--daemon",
                "--read-only",
                "--webdav-url",
                address,
                ":webdav:",
                mount.toString());
        assertThat(mounted.status()).as(mounted.output()).isZero();
    }

    @AfterEach
    void unmount() throws Exception {
        if (mount != null) {
            Command.run("fusermount3", "-u", mount.toString());
        }
        if (serve != null) {
            serve.destroy();
            assertThat(serve.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void theMountedTreeIsWhatWasBackedUp() throws Exception {
        Path snapshot = only(only(mount));
        assertThat(snapshot.getParent().getFileName()).hasToString("zoo");
        List<Node> expected = TreeReader.read(zoo);

        assertThat(TreeReader.read(snapshot).stream().map(Node::path).toList())
                .isEqualTo(expected.stream().map(Node::path).toList());
        for (Node node : expected) {
            Path there = RawNames.resolve(snapshot, node.path());
            switch (node.type()) {
                case DIRECTORY -> assertThat(there).isDirectory();
                case FILE ->
                    assertThat(Files.mismatch(RawNames.resolve(zoo, node.path()), there))
                            .as(node.path().toString())
                            .isEqualTo(-1);
                // WebDAV knows no links: they are files that hold their target.
                case SYMLINK ->
                    assertThat(Files.readAllBytes(there))
                            .isEqualTo(node.linkTarget().toByteArray());
            }
        }
    }

    @Test
    void nothingCanBeChangedThroughTheMount() throws Exception {
        Path snapshot = only(only(mount));

        assertThatThrownBy(() -> Files.writeString(snapshot.resolve("new"), "x"))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Files.delete(only(mount))).isInstanceOf(IOException.class);
    }

    private static Path only(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    private String address(Path output) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            String text = Files.readString(output, UTF_8);
            if (text.contains("\n")) {
                assertThat(text).startsWith(SERVING);
                return text.substring(SERVING.length(), text.indexOf('\n'));
            }
            assertThat(serve.isAlive() && System.nanoTime() < end)
                    .as(() -> {
                        try {
                            return Files.readString(temp.resolve("serve.err"), UTF_8);
                        } catch (IOException e) {
                            return e.toString();
                        }
                    })
                    .isTrue();
            Thread.sleep(50);
        }
    }

    private void run(String... arguments) throws Exception {
        Command.Result result = Command.run(command(arguments).toArray(String[]::new));
        assertThat(result.status()).as(result.output()).isZero();
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("proven-backup.jar")));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--password-file", temp.resolve("passphrase").toString()));
        return command;
    }
}
