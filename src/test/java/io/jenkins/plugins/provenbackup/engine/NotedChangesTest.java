package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.source.home.HomeConfigurationSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration of a JENKINS_HOME, of which only what was noted is looked at. */
class NotedChangesTest {

    @TempDir
    private Path directory;

    private Path home;
    private Laboratory laboratory;

    @BeforeEach
    void makeHome() throws IOException {
        home = Files.createDirectories(directory.resolve("home"));
        write("config.xml", "<hudson/>");
        write("credentials.xml", "<credentials/>");
        write("secret.key", "secret");
        write("logs/tasks.log", "noise");
        write("jobs/a/config.xml", "<a/>");
        write("jobs/a/nextBuildNumber", "3");
        write("jobs/a/builds/1/build.xml", "<build/>");
        write("jobs/folder/config.xml", "<folder/>");
        write("jobs/folder/jobs/b/config.xml", "<b/>");
        write("nodes/agent/config.xml", "<agent/>");
        write("users/users.xml", "<users/>");
        write("users/u_1/config.xml", "<user/>");
        age(home);
        laboratory = Laboratory.at(directory.resolve("repository"));
    }

    @AfterEach
    void close() {
        laboratory.close();
    }

    private void write(String path, String text) throws IOException {
        Path file = home.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** What was changed just now is read again by every backup, so it has to look old. */
    private static void age(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
            }
        }
    }

    private BackupResult whole() throws Exception {
        return laboratory.backup(new HomeConfigurationSource(home), SnapshotKind.INCREMENTAL, home);
    }

    private BackupResult noted(BackupResult since, String... paths) throws Exception {
        List<Path> noted = Stream.of(paths).map(home::resolve).toList();
        String id = since.snapshot().orElseThrow().hex();
        return laboratory.backup(new HomeConfigurationSource(home).noted(id, noted), SnapshotKind.INCREMENTAL, home);
    }

    /** Files of a snapshot with their text, after it was restored. */
    private List<String> restored(BackupResult result) throws Exception {
        Path target = directory.resolve("restored-" + System.nanoTime());
        laboratory.restore(result.snapshot().orElseThrow(), target);
        List<String> found = new ArrayList<>();
        try (Stream<Path> all = Files.walk(target)) {
            for (Path path : all.filter(Files::isRegularFile).sorted().toList()) {
                found.add(target.relativize(path) + " " + Files.readString(path));
            }
        }
        return found;
    }

    @Test
    void keepsWhatPeopleConfigureAndNothingElse() throws Exception {
        assertThat(restored(whole()))
                .containsExactly(
                        "config.xml <hudson/>",
                        "credentials.xml <credentials/>",
                        "jobs/a/config.xml <a/>",
                        "jobs/folder/config.xml <folder/>",
                        "jobs/folder/jobs/b/config.xml <b/>",
                        "nodes/agent/config.xml <agent/>",
                        "users/u_1/config.xml <user/>",
                        "users/users.xml <users/>");
    }

    @Test
    void takesWhatIsNotedAndRecallsTheRest() throws Exception {
        BackupResult first = whole();
        write("jobs/a/config.xml", "<a changed='yes'/>");
        write("jobs/folder/jobs/b/config.xml", "<b changed='but not noted'/>");

        BackupResult second = noted(first, "jobs/a/config.xml");

        assertThat(restored(second))
                .contains("jobs/a/config.xml <a changed='yes'/>", "jobs/folder/jobs/b/config.xml <b/>")
                .hasSize(8);
        assertThat(restored(whole())).contains("jobs/folder/jobs/b/config.xml <b changed='but not noted'/>");
    }

    @Test
    void noticesThatANotedFileIsGone() throws Exception {
        BackupResult first = whole();
        Files.delete(home.resolve("nodes/agent/config.xml"));

        BackupResult second = noted(first, "nodes/agent/config.xml");

        assertThat(restored(second)).hasSize(7).noneMatch(file -> file.startsWith("nodes/"));
        assertThat(second.totals().unreadable()).isZero();
    }

    @Test
    void noticesThatWhatHeldANotedFileIsGone() throws Exception {
        BackupResult first = whole();
        delete("jobs/folder");

        BackupResult second = noted(first, "jobs/folder/jobs/b/config.xml");

        assertThat(restored(second)).hasSize(6).noneMatch(file -> file.startsWith("jobs/folder"));
    }

    @Test
    void followsARename() throws Exception {
        BackupResult first = whole();
        Files.move(home.resolve("jobs/folder"), home.resolve("jobs/moved"));

        BackupResult second = noted(first, "jobs/folder", "jobs/moved");

        assertThat(restored(second))
                .contains("jobs/moved/config.xml <folder/>", "jobs/moved/jobs/b/config.xml <b/>")
                .noneMatch(file -> file.startsWith("jobs/folder"))
                .hasSize(8);
    }

    @Test
    void notedDirectoryStandsForAllBelowIt() throws Exception {
        BackupResult first = whole();
        write("jobs/folder/jobs/b/config.xml", "<b new='yes'/>");
        write("jobs/folder/jobs/c/config.xml", "<c/>");

        assertThat(restored(noted(first, "jobs/folder")))
                .contains("jobs/folder/jobs/b/config.xml <b new='yes'/>", "jobs/folder/jobs/c/config.xml <c/>")
                .hasSize(9);
    }

    @Test
    void newFileBringsTheDirectoriesThatLeadToIt() throws Exception {
        BackupResult first = whole();
        write("jobs/new/jobs/deep/config.xml", "<deep/>");

        assertThat(restored(noted(first, "jobs/new/jobs/deep/config.xml")))
                .contains("jobs/new/jobs/deep/config.xml <deep/>")
                .hasSize(9);
    }

    @Test
    void pathThatNeverWasAndOneThatIsNotKeptChangeNothing() throws Exception {
        BackupResult first = whole();
        write("jobs/a/builds/2/build.xml", "<build/>");

        BackupResult second = noted(first, "jobs/never/config.xml", "jobs/a/builds/2/build.xml", "../elsewhere.xml");

        assertThat(restored(second)).isEqualTo(restored(first));
    }

    @Test
    void notesAreWorthNothingOverAnotherSnapshot() throws Exception {
        BackupResult first = whole();
        write("jobs/a/config.xml", "<a changed='yes'/>");
        whole();
        write("nodes/agent/config.xml", "<agent changed='yes'/>");

        assertThat(restored(noted(first, "users/users.xml")))
                .contains("jobs/a/config.xml <a changed='yes'/>", "nodes/agent/config.xml <agent changed='yes'/>");
    }

    @Test
    void fullOneLooksAtEverything() throws Exception {
        BackupResult first = whole();
        write("jobs/a/config.xml", "<a changed='yes'/>");
        String id = first.snapshot().orElseThrow().hex();

        BackupResult full =
                laboratory.backup(new HomeConfigurationSource(home).noted(id, List.of()), SnapshotKind.FULL, home);

        assertThat(restored(full)).contains("jobs/a/config.xml <a changed='yes'/>");
    }

    @Test
    void readsWhatIsRecalledButChangedWhenTheFirstSnapshotWasMade() throws Exception {
        write("jobs/a/config.xml", "<young/>");
        BackupResult first = whole();

        assertThat(restored(noted(first, "users/users.xml")))
                .contains("jobs/a/config.xml <young/>")
                .hasSize(8);
    }

    private void delete(String path) throws IOException {
        try (Stream<Path> all = Files.walk(home.resolve(path))) {
            for (Path one : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(one);
            }
        }
    }
}
