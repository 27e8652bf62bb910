package io.jenkins.plugins.provenbackup.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawNamesTest {

    /** What a child JVM in the POSIX locale runs: writes names, reads them back, prints "same". */
    public static final class Roundtrip {

        private Roundtrip() {}

        public static void main(String[] args) throws Exception {
            Path directory = Path.of(args[0]);
            for (byte[] name : names()) {
                Path file = RawNames.resolve(directory, name);
                Files.writeString(file, "x");
                Path link = RawNames.resolve(directory, concat("link-", name));
                Files.createSymbolicLink(link, RawNames.pathOf(concat("../no//", name)));
            }
            List<String> found = new ArrayList<>();
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    byte[] name = RawNames.nameOf(file);
                    found.add(PrintableName.of(name));
                    if (Files.isSymbolicLink(file)) {
                        byte[] target = RawNames.bytesOf(Files.readSymbolicLink(file));
                        byte[] expected = concat("../no//", Arrays.copyOfRange(name, 5, name.length));
                        if (!Arrays.equals(target, expected)) {
                            System.out.println("link says " + PrintableName.of(target));
                        }
                    }
                }
            }
            List<String> expected = new ArrayList<>();
            for (byte[] name : names()) {
                expected.add(PrintableName.of(name));
                expected.add(PrintableName.of(concat("link-", name)));
            }
            found.sort(null);
            expected.sort(null);
            System.out.println(found.equals(expected) ? "same" : found + " instead of " + expected);
        }
    }

    static List<byte[]> names() {
        byte[] longest = new byte[255];
        Arrays.fill(longest, (byte) 0xe9);
        return List.of(
                bytes("plain"),
                bytes("two words%41\\"),
                bytes("line\nbreak"),
                "Gr\u00fc\u00dfe \ud83d\ude00".getBytes(StandardCharsets.UTF_8),
                new byte[] {(byte) 0xff, (byte) 0xfe, 'x', (byte) 0x80},
                Arrays.copyOf(longest, 250));
    }

    @Test
    void keepsEveryByteInThisLocale(@TempDir Path directory) throws Exception {
        for (byte[] name : names()) {
            Path file = RawNames.resolve(directory, name);
            Files.createDirectory(file);

            assertThat(RawNames.nameOf(file)).isEqualTo(name);
            try (Stream<Path> listed = Files.list(directory)) {
                assertThat(listed.map(RawNames::nameOf)).containsExactly(name);
            }
            Files.delete(file);
        }
    }

    @Test
    void keepsEveryByteInThePosixLocale(@TempDir Path directory) throws Exception {
        ProcessBuilder child = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Roundtrip.class.getName(),
                directory.toString());
        child.environment().put("LC_ALL", "C");
        Process process = child.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

        assertThat(said).isEqualToIgnoringNewLines("same");
        assertThat(process.waitFor()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "/",
                "/a",
                "/a/",
                "a//b",
                "a/",
                "..",
                "../x",
                "./x/.",
                "/a//b/../c//d/",
                "\u00fc",
                "/\u00fc//x",
                "\u00fc/"
            })
    void keepsALinkTargetAsItIs(String target, @TempDir Path directory) throws Exception {
        byte[] said = target.getBytes(StandardCharsets.UTF_8);
        Path link = directory.resolve("link");

        Files.createSymbolicLink(link, RawNames.pathOf(said));

        assertThat(RawNames.bytesOf(Files.readSymbolicLink(link))).isEqualTo(said);
    }

    @Test
    void shortensSlashesThatAPathCannotHold() {
        assertThat(RawNames.pathOf(bytes("//a///b//"))).isEqualTo(RawNames.pathOf(bytes("/a//b/")));
    }

    @Test
    void resolvesAPathOfManyComponents(@TempDir Path directory) throws Exception {
        EntryPath path =
                EntryPath.of(bytes("a/b")).child(new byte[] {(byte) 0xff}).child(bytes("c"));

        Path file = RawNames.resolve(directory, path);
        Files.createDirectories(file);

        assertThat(RawNames.bytesOf(directory.relativize(file))).isEqualTo(path.toByteArray());
        assertThat(Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)).isTrue();
        assertThat(RawNames.resolve(directory, EntryPath.ROOT)).isEqualTo(directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "/", "a\0b", "\u00fc/b", "\u00fc\0"})
    void refusesWhatIsNotOneName(String name) {
        assertThatThrownBy(() -> RawNames.resolve(Path.of("x"), name.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theTopHasNoName() {
        assertThat(RawNames.nameOf(Path.of("/"))).isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] concat(String prefix, byte[] name) {
        byte[] joined = Arrays.copyOf(bytes(prefix), prefix.length() + name.length);
        System.arraycopy(name, 0, joined, prefix.length(), name.length);
        return joined;
    }
}
