package io.jenkins.plugins.provenbackup.engine.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.storage.StorageCredentials;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.engine.storage.sftp.OpenSshServer;
import io.jenkins.plugins.provenbackup.testing.TreeComparer;
import io.jenkins.plugins.provenbackup.testing.TreeComparer.Aspect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed while they mirror: whatever is at the mirror is whole, and the next run mends the rest. */
class KilledMirrorTest {

    private static final int FILES = 40;
    private static final int SIZE = 1 << 20;

    @TempDir
    Path work;

    /** Mirrors in a process of its own: source, target, key, known hosts; the last two are empty for a local target. */
    public static final class Main {
        public static void main(String[] arguments) throws Exception {
            StorageOptions options = StorageOptions.defaults();
            if (!arguments[2].isEmpty()) {
                options = options.withCredentials(StorageCredentials.none().withPrivateKey(Path.of(arguments[2])))
                        .withKnownHosts(Path.of(arguments[3]));
            }
            MirrorLab.of(Path.of(arguments[0]), StorageLocation.parse(arguments[1]), options)
                    .deleting()
                    .mirror();
        }
    }

    @Test
    void leavesOnlyWholeFilesInADirectory() throws Exception {
        Path copy = work.resolve("copy");
        killAndMend(copy, copy.toString(), "", "", TreeComparer.limitsOfJava());
    }

    @Test
    void leavesOnlyWholeFilesBehindSftp() throws Exception {
        Path copy = work.resolve("copy");
        try (OpenSshServer sshd = OpenSshServer.start(Files.createDirectory(work.resolve("server")))) {
            killAndMend(
                    copy,
                    sshd.location(copy).toString(),
                    sshd.userKey().toString(),
                    sshd.knownHosts().toString(),
                    Aspect.OWNER,
                    Aspect.SUBSECONDS,
                    Aspect.SPARSE);
        }
    }

    private void killAndMend(Path copy, String target, String key, String hosts, Aspect... lost) throws Exception {
        Path source = Files.createDirectory(work.resolve("source"));
        for (int generation = 1; generation <= 3; generation++) {
            fill(source, generation);
            Process process = start(source, target, key, hosts);
            awaitFileOf(copy, generation);
            process.destroyForcibly().waitFor();
            requireWholeFiles(copy);
        }
        Process last = start(source, target, key, hosts);
        assertThat(last.waitFor()).as(Files.readString(work.resolve("log"))).isZero();
        assertThat(TreeComparer.differences(source, copy, lost)).isEmpty();
    }

    private Process start(Path source, String target, String key, String hosts) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Main.class.getName(),
                        source.toString(),
                        target,
                        key,
                        hosts)
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("log").toFile())
                .start();
    }

    private static void fill(Path source, int generation) throws IOException {
        byte[] content = new byte[SIZE + generation];
        Arrays.fill(content, (byte) generation);
        for (int i = 0; i < FILES; i++) {
            Files.write(source.resolve("file" + i), content);
        }
    }

    private void awaitFileOf(Path copy, int generation) throws Exception {
        long end = System.nanoTime() + 60_000_000_000L;
        while (System.nanoTime() < end) {
            if (Files.isDirectory(copy)) {
                try (Stream<Path> files = Files.list(copy)) {
                    if (files.anyMatch(path -> isOf(path, generation))) {
                        return;
                    }
                }
            }
            Thread.sleep(5);
        }
        throw new IOException("nothing was mirrored: " + Files.readString(work.resolve("log")));
    }

    private static boolean isOf(Path path, int generation) {
        try {
            return path.getFileName().toString().startsWith("file") && Files.size(path) == SIZE + generation;
        } catch (IOException gone) {
            return false;
        }
    }

    private static void requireWholeFiles(Path copy) throws IOException {
        try (Stream<Path> files = Files.list(copy)) {
            for (Path path : files.filter(one -> one.getFileName().toString().startsWith("file"))
                    .toList()) {
                byte[] content = Files.readAllBytes(path);
                byte[] expected = new byte[SIZE + content[0]];
                Arrays.fill(expected, content[0]);
                assertThat(content).as(path.toString()).isEqualTo(expected);
            }
        }
    }
}
