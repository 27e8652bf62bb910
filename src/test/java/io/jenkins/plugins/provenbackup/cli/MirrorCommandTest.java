package io.jenkins.plugins.provenbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirrorCommandTest {

    @TempDir
    Path work;

    private Shell shell;
    private Path source;

    @BeforeEach
    void prepare() throws IOException {
        shell = new Shell(work).with("PROVEN_BACKUP_PASSWORD", "correct horse battery staple");
        source = Files.createDirectories(work.resolve("source/dir"));
        source = work.resolve("source");
        Files.writeString(source.resolve("a"), "one");
        Files.writeString(source.resolve("dir/b"), "two");
    }

    @Test
    void mirrorsToSeveralPlacesAndSaysThatItIsPlain() throws Exception {
        Shell.Outcome outcome = shell.run("mirror", source.toString(), "--to", at("one"), "--to", at("two"));

        assertThat(outcome.status()).isZero();
        assertThat(outcome.out()).contains("mirrored to " + at("one"), "mirrored to " + at("two"), "is plain text");
        assertThat(work.resolve("one/dir/b")).hasContent("two");
        assertThat(work.resolve("two/dir/b")).hasContent("two");
    }

    @Test
    @SuppressWarnings("unchecked")
    void tellsAllInOneDocument() throws Exception {
        Shell.Outcome outcome = shell.run("mirror", source.toString(), "--to", at("one"), "--json");

        Map<String, Object> json = outcome.json();
        assertThat(json).containsEntry("encrypted", false).containsEntry("dryRun", false);
        assertThat((List<Map<String, Object>>) json.get("mirrors"))
                .singleElement()
                .satisfies(
                        mirror -> assertThat(mirror).containsEntry("written", 2).containsEntry("target", at("one")));
    }

    @Test
    void goesOnWithTheOtherPlacesWhenOneFails() throws Exception {
        Files.writeString(work.resolve("file"), "no directory");

        Shell.Outcome outcome = shell.run("mirror", source.toString(), "--to", at("file"), "--to", at("two"));

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err()).contains(at("file"));
        assertThat(work.resolve("two/a")).exists();
    }

    @Test
    void endsWithThreeWhenDeletionsWereWithheld() throws Exception {
        shell.run("mirror", source.toString(), "--to", at("one"));
        Files.delete(source.resolve("a"));

        Shell.Outcome outcome =
                shell.run("mirror", source.toString(), "--to", at("one"), "--delete", "--max-delete", "10");

        assertThat(outcome.status()).isEqualTo(3);
        assertThat(outcome.err()).contains("--max-delete");
        assertThat(work.resolve("one/a")).exists();
    }

    @Test
    void remembersInARepository() throws Exception {
        shell.run("init", "-r", at("repository"));

        Shell.Outcome outcome = shell.run("mirror", "-r", at("repository"), source.toString(), "--to", at("one"));

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(work.resolve("repository/mirrors")).isDirectory();
        assertThat(shell.run("mirror", source.toString(), "--to", at("repository"), "--delete")
                        .err())
                .contains("There is a repository at");
    }

    @Test
    void explainsWrongArguments() {
        assertThat(shell.run("mirror", source.toString()).status()).isEqualTo(2);
        assertThat(shell.run("mirror", source.toString(), "--to", at("one"), "--max-delete", "101")
                        .status())
                .isEqualTo(2);
        Shell.Outcome absent = shell.run("mirror", at("absent"), "--to", at("one"), "--delete");
        assertThat(absent.status()).isEqualTo(1);
        assertThat(absent.err()).contains("The mirror was not touched");
        assertThat(shell.run("mirror", at("source/a"), "--to", at("one")).err()).contains("is no directory");
    }

    private String at(String name) {
        return work.resolve(name).toString();
    }
}
