package io.jenkins.plugins.provenbackup.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExcludesTest {

    @Test
    void leavesOutADirectoryWithAllBelow(@TempDir Path directory) throws Exception {
        Files.createFile(Files.createDirectories(directory.resolve("work/deep")).resolve("keep"));
        Files.createFile(directory.resolve("x.tmp"));
        Files.createFile(directory.resolve("y.tmp"));

        Excludes excludes = Excludes.builder()
                .addLines(bytes("# noise\n\n/work/\n*.tmp  \n!y.tmp\n!keep\r\n"), "list")
                .build();

        assertThat(Walked.of(directory, WalkOptions.ALL.withExcludes(excludes)).paths())
                .containsExactly("", "y.tmp");
    }

    @Test
    void takesAnOptionAsItStands() throws Exception {
        Excludes excludes = Excludes.builder().add("#a ", "--exclude").build();

        assertThat(excludes.exclude(Walked.entry("#a "), FileStat.Type.FILE)).isTrue();
        assertThat(excludes.exclude(Walked.entry("#a"), FileStat.Type.FILE)).isFalse();
    }

    @Test
    void keepsAnEscapedBlankAtTheEnd() throws Exception {
        Excludes excludes =
                Excludes.builder().addLines(bytes("a\\  \n\\#b"), "list").build();

        assertThat(excludes.exclude(Walked.entry("a "), FileStat.Type.FILE)).isTrue();
        assertThat(excludes.exclude(Walked.entry("a"), FileStat.Type.FILE)).isFalse();
        assertThat(excludes.exclude(Walked.entry("#b"), FileStat.Type.FILE)).isTrue();
    }

    @Test
    void matchesNamesThatAreNotUtf8() throws Exception {
        EntryPath name = EntryPath.ROOT.child(new byte[] {'a', (byte) 0xff, 'b'});
        byte[] literal = {'/', 'a', (byte) 0xff, 'b', '\n'};

        for (byte[] pattern : new byte[][] {literal, bytes("a?b"), bytes("a*b"), bytes("a[!x]b"), bytes("*")}) {
            Excludes excludes = Excludes.builder().addLines(pattern, "list").build();
            assertThat(excludes.exclude(name, FileStat.Type.FILE)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[ab", "a\\", "/", "!", "!/", "[[:vowel:]]", "[!", "[]"})
    void refusesAPatternThatMeansNothing(String pattern) {
        assertThatThrownBy(() -> Excludes.builder().addLines(bytes("ok\n" + pattern + "\n"), "my.excludes"))
                .isInstanceOf(BadPatternException.class)
                .hasMessageStartingWith("my.excludes, line 2: bad pattern '");
        assertThatThrownBy(() -> Excludes.builder().add(pattern, "--exclude"))
                .isInstanceOf(BadPatternException.class)
                .hasMessageStartingWith("--exclude: bad pattern '");
    }

    @Test
    void namesAnExcludeFileThatIsMissing(@TempDir Path directory) {
        assertThatThrownBy(() -> Excludes.builder().addFile(directory.resolve("none")))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("none");
    }

    @Test
    void staysQuickWithManyStars() throws Exception {
        Excludes excludes = Excludes.builder()
                .add("*a".repeat(60) + "b", "--exclude")
                .add("**/a/".repeat(60) + "b", "--exclude")
                .build();

        assertThat(excludes.exclude(Walked.entry("a".repeat(255)), FileStat.Type.FILE))
                .isFalse();
        assertThat(excludes.exclude(Walked.entry("a/".repeat(500) + "a"), FileStat.Type.FILE))
                .isFalse();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
