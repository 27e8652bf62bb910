package io.jenkins.plugins.provenbackup.engine.source.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.source.Excludes;
import io.jenkins.plugins.provenbackup.engine.source.Problem;
import io.jenkins.plugins.provenbackup.engine.source.SourceException;
import io.jenkins.plugins.provenbackup.engine.source.SourceItem;
import io.jenkins.plugins.provenbackup.engine.source.SourceWalk;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JenkinsHomeSourceTest {

    private static final String FINISHED = "<build>\n  <result>SUCCESS</result>\n  <duration>5</duration>\n</build>\n";
    private static final String PIPELINE = "<flow-build>\n  <completed>true</completed>\n</flow-build>\n";
    private static final String RUNNING = "<flow-build>\n  <completed>false</completed>\n</flow-build>\n";

    @TempDir
    private Path home;

    private final List<Problem> problems = new ArrayList<>();

    @BeforeEach
    void aHomeWithOneJob() throws IOException {
        write("config.xml", "<hudson>\n  <buildsDir>${ITEM_ROOTDIR}/builds</buildsDir>\n</hudson>\n");
        write("jobs/shop/config.xml", "<project/>");
        write("jobs/shop/builds/1/build.xml", FINISHED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config.xml",
                "credentials.xml",
                "jenkins.model.JenkinsLocationConfiguration.xml",
                "queue.xml",
                "jenkins.install.UpgradeWizard.state",
                "init.groovy.d/setup.groovy",
                "jenkins.yaml",
                "something-that-a-plugin-keeps/state.bin",
                ".bashrc",
                ".ssh/id_ed25519",
                "secret.key",
                "secrets/master.key",
                "identity.key.enc",
                "users/ada_123/config.xml",
                "users/users.xml",
                "nodes/builder/config.xml",
                "plugins/git.jpi",
                "plugins/git.jpi.pinned",
                "plugins/old.hpi.disabled",
                "plugins/exploded.jpi/META-INF/MANIFEST.MF",
                "userContent/logo.svg",
                "userContent/workspace/readme-atomic1tmp",
                "fingerprints/ab/cd/ef.xml",
                "jobs/shop/nextBuildNumber",
                "jobs/shop/builds/permalinks",
                "jobs/shop/builds/1/log",
                "jobs/shop/builds/1/archive/workspace/app.jar",
                "jobs/shop/builds/1/archive/jobs/x/workspace/app.jar",
                "jobs/shop/builds/1/archive/tmp/a-atomic12tmp",
                "jobs/builds/config.xml",
                "jobs/builds/builds/7/build.xml",
                "jobs/workspace/config.xml",
                "jobs/caches/builds/7/log",
                "jobs/team/jobs/workspace/config.xml",
                "jobs/team/jobs/jobs/builds/3/log",
                "jobs/team/jobs/branches/config.xml",
                "jobs/multi/branches/main.abc/config.xml",
                "jobs/multi/branches/main.abc/builds/4/log",
                "jobs/multi/indexing/indexing.xml",
                "jobs/matrix/configurations/axis-jdk/17/axis-os/linux/config.xml",
                "jobs/matrix/configurations/axis-jdk/17/axis-os/linux/builds/9/log",
                "jobs/maven/modules/com.example$shop/builds/2/log",
                "jobs/release/promotions/gold/builds/2/log",
                "proven-backup/memory.json",
            })
    void keepsWhatIsPrecious(String path) throws Exception {
        write(path, "x");

        assertThat(paths(everything())).contains(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "workspace/shop/src/Main.java",
                "workspace@2/x",
                "caches/git-123/HEAD",
                "war/WEB-INF/web.xml",
                "tmp/x",
                "logs/tasks/x.log",
                "updates/default.json",
                ".cache/x",
                ".java/fonts/x",
                ".groovy/grapes/x",
                ".owner",
                "failed-boot-attempts.txt",
                "plugins/git/META-INF/MANIFEST.MF",
                "plugins/git.jpi.tmp",
                "config.xml-atomic4711tmp",
                "users/ada_123/config.xml-atomic4711tmp",
                "jobs/shop/config.xml-atomic4711tmp",
                "jobs/shop/builds/1/build.xml-atomic4711tmp",
                "jobs/shop/workspace/x",
                "jobs/shop/workspace@tmp/x",
                "jobs/team/jobs/shop/workspace/x",
                "jobs/workspace/workspace/x",
                "jobs/matrix/configurations/axis-jdk/17/workspace/x",
                "jobs/multi/branches/main.abc/workspace@script/x",
                "proven-backup/scratch/recovery-test-1/tree/config.xml",
            })
    void leavesOutNoise(String path) throws Exception {
        write(path, "x");

        assertThat(paths(everything())).doesNotContain(path).contains("config.xml", "jobs/shop/builds/1/build.xml");
    }

    @ParameterizedTest
    @EnumSource
    void leavesOutASectionThatIsSwitchedOff(HomeSection off) throws Exception {
        write("secrets/master.key", "x");
        write("nodes/builder/config.xml", "x");
        write("plugins/git.jpi", "x");
        write("users/ada/config.xml", "x");
        write("userContent/logo.svg", "x");

        List<String> kept = paths(source(EnumSet.complementOf(EnumSet.of(off)), WalkOptions.ALL));

        List<String> gone = paths(everything());
        gone.removeAll(kept);
        assertThat(gone)
                .containsExactlyElementsOf(
                        switch (off) {
                            case CONFIGURATION -> List.of("config.xml");
                            case JOBS ->
                                List.of(
                                        "jobs",
                                        "jobs/shop",
                                        "jobs/shop/builds",
                                        "jobs/shop/builds/1",
                                        "jobs/shop/builds/1/build.xml",
                                        "jobs/shop/config.xml");
                            case BUILDS ->
                                List.of("jobs/shop/builds", "jobs/shop/builds/1", "jobs/shop/builds/1/build.xml");
                            case SECRETS -> List.of("secrets", "secrets/master.key");
                            case PLUGINS -> List.of("plugins", "plugins/git.jpi");
                            case USERS -> List.of("users", "users/ada", "users/ada/config.xml");
                            case USER_CONTENT -> List.of("userContent", "userContent/logo.svg");
                            case NODES -> List.of("nodes", "nodes/builder", "nodes/builder/config.xml");
                        });
    }

    @Test
    void leavesOutWhatAUserExcludesToo() throws Exception {
        write("jobs/shop/builds/1/archive/big.iso", "x");
        Excludes patterns = Excludes.builder().add("*.iso", "test").build();

        List<String> paths = paths(source(EnumSet.allOf(HomeSection.class), WalkOptions.ALL.withExcludes(patterns)));

        assertThat(paths).contains("jobs/shop/builds/1/archive").doesNotContain("jobs/shop/builds/1/archive/big.iso");
    }

    @Test
    void keepsARunningPipelineWithoutItsState() throws Exception {
        write("jobs/shop/builds/2/build.xml", RUNNING);
        write("jobs/shop/builds/2/log", "hello");
        write("jobs/shop/builds/2/program.dat", "x");
        write("jobs/shop/builds/2/workflow/3.xml", "x");
        write("jobs/shop/builds/2/archive/program.dat", "x");

        List<String> paths = paths(everything());

        assertThat(paths)
                .contains(
                        "jobs/shop/builds/2/build.xml",
                        "jobs/shop/builds/2/log",
                        "jobs/shop/builds/2/archive/program.dat")
                .doesNotContain("jobs/shop/builds/2/program.dat", "jobs/shop/builds/2/workflow");
        assertThat(problems)
                .extracting(Problem::kind, problem -> problem.path().toString())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Problem.Kind.BUILD_IN_PROGRESS, "jobs/shop/builds/2"));
    }

    @Test
    void keepsTheStateOfAFinishedPipeline() throws Exception {
        write("jobs/shop/builds/2/build.xml", PIPELINE);
        write("jobs/shop/builds/2/program.dat", "x");
        write("jobs/shop/builds/2/workflow/3.xml", "x");

        assertThat(paths(everything())).contains("jobs/shop/builds/2/program.dat", "jobs/shop/builds/2/workflow/3.xml");
        assertThat(problems).isEmpty();
    }

    @Test
    void leavesOutNothingOfBuildsThatOnlyLookAsIfTheyWereBuilds() throws Exception {
        write("jobs/shop/builds/1/archive/builds/2/program.dat", "x");
        write("userContent/builds/2/program.dat", "x");

        assertThat(paths(everything()))
                .contains("jobs/shop/builds/1/archive/builds/2/program.dat", "userContent/builds/2/program.dat");
        assertThat(problems).isEmpty();
    }

    @Test
    void believesARunningJenkinsMoreThanFiles() throws Exception {
        write("jobs/shop/builds/1/program.dat", "x");
        Path running = home.toRealPath().resolve("jobs/shop/builds/1");
        JenkinsHomeSource source =
                new JenkinsHomeSource(home, EnumSet.allOf(HomeSection.class), running::equals, WalkOptions.ALL);

        assertThat(paths(source)).doesNotContain("jobs/shop/builds/1/program.dat");
    }

    @Test
    void saysThatBuildsLieElsewhere() throws Exception {
        write("config.xml", "<hudson>\n  <buildsDir>/data/builds/${ITEM_FULL_NAME}</buildsDir>\n</hudson>\n");

        paths(everything());

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Problem.Kind.LIES_ELSEWHERE);
            assertThat(problem.message()).contains("/data/builds/${ITEM_FULL_NAME}", "source of their own");
        });
    }

    @Test
    void saysNothingOfBuildsElsewhereInTheHome() throws Exception {
        write("config.xml", "<hudson>\n  <buildsDir>${JENKINS_HOME}/builds/${ITEM_FULL_NAME}</buildsDir>\n</hudson>\n");

        paths(everything());

        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"users", "jobs/team", "jobs/other/builds"})
    void saysThatALinkLeadsOut(String path, @TempDir Path elsewhere) throws Exception {
        Files.createDirectories(home.resolve(path).getParent());
        Files.createSymbolicLink(home.resolve(path), elsewhere);
        Files.createSymbolicLink(home.resolve("jobs/shop/lastStable"), Path.of("builds/1"));

        assertThat(paths(everything())).contains(path);
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.kind().effect()).isEqualTo(Problem.Effect.INCOMPLETE);
            assertThat(problem.message()).contains("'" + path + "' is a link", elsewhere.toString());
        });
        problems.clear();
        Excludes patterns = Excludes.builder().add("/" + path, "test").build();
        paths(source(EnumSet.allOf(HomeSection.class), WalkOptions.ALL.withExcludes(patterns)));
        assertThat(problems).isEmpty();
    }

    @Test
    void refusesADirectoryThatIsNoHome() throws Exception {
        Path other = Files.createDirectory(home.resolve("userContent"));

        assertThatThrownBy(() -> paths(new JenkinsHomeSource(
                        other, EnumSet.allOf(HomeSection.class), new UnfinishedBuilds(), WalkOptions.ALL)))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("is no JENKINS_HOME");
    }

    @Test
    void understandsSectionsAsUsersWriteThem() {
        assertThat(HomeSection.parse(List.of())).containsExactlyInAnyOrder(HomeSection.values());
        assertThat(HomeSection.parse(List.of("usercontent", " Jobs")))
                .containsExactlyInAnyOrder(HomeSection.USER_CONTENT, HomeSection.JOBS);
        assertThatThrownBy(() -> HomeSection.parse(List.of("job")))
                .hasMessageContaining("no section 'job'")
                .hasMessageContaining("userContent");
        assertThatThrownBy(() -> HomeSection.parse(List.of("builds"))).hasMessageContaining("needs the section jobs");
    }

    private JenkinsHomeSource everything() {
        return source(EnumSet.allOf(HomeSection.class), WalkOptions.ALL);
    }

    private JenkinsHomeSource source(Set<HomeSection> sections, WalkOptions options) {
        return new JenkinsHomeSource(home, sections, new UnfinishedBuilds(), options);
    }

    private List<String> paths(JenkinsHomeSource source) throws Exception {
        List<String> paths = new ArrayList<>();
        try (SourceWalk walk = source.walk(problems::add)) {
            for (Optional<SourceItem> item = walk.next(); item.isPresent(); item = walk.next()) {
                paths.add(item.get().node().path().toString());
            }
        }
        return paths;
    }

    private void write(String path, String content) throws IOException {
        Path file = home.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
