package io.jenkins.plugins.provenbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.cli.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JENKINS_HOME backed up on the command line, named by a path or by a policy. */
class JenkinsHomeCommandTest {

    @TempDir
    private Path scratch;

    private Shell shell;
    private String repository;
    private Path home;

    @BeforeEach
    void aHomeAndARepository() throws IOException {
        repository = scratch.resolve("repository").toString();
        home = scratch.resolve("home");
        shell = new Shell(scratch).with(Secrets.PASSWORD, "correct horse");
        assertThat(shell.run("init", "-r", repository).status()).isZero();
        write("config.xml", "<hudson/>");
        write("jobs/shop/config.xml", "<project/>");
        write("jobs/shop/builds/1/build.xml", "<flow-build>\n  <completed>false</completed>\n</flow-build>\n");
        write("jobs/shop/builds/1/program.dat", "x");
        write("secrets/master.key", "x");
        write("workspace/shop/Main.java", "x");
    }

    @Test
    void keepsWhatIsPreciousAndSaysWhatWasUnderWay() throws Exception {
        Outcome outcome = shell.run("backup", "--json", "-r", repository, "--jenkins-home", home.toString());

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.err()).contains("'jobs/shop/builds/1' is a build in progress");
        assertThat((Map<?, ?>) outcome.json().get("totals"))
                .extracting("inProgress")
                .isEqualTo(1);
        assertThat(files())
                .containsExactly(
                        "config.xml", "jobs/shop/builds/1/build.xml", "jobs/shop/config.xml", "secrets/master.key");
        assertThat(shell.run("snapshots", "--json", "-r", repository).out()).contains("\"inProgress\"");
    }

    @Test
    void takesSections() throws Exception {
        Outcome outcome = shell.run(
                "backup", "-r", repository, "--jenkins-home", "--sections", "configuration,Jobs", home.toString());

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(files()).containsExactly("config.xml", "jobs/shop/config.xml");
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThat(shell.run("backup", "-r", repository, "--jenkins-home", "--sections", "jbos", home.toString())
                        .err())
                .contains("no section 'jbos'", "userContent");
        assertThat(shell.run("backup", "-r", repository, "--sections", "jobs", home.toString())
                        .err())
                .contains("--sections goes with --jenkins-home");
        assertThat(shell.run("backup", "-r", repository, "--jenkins-home").err())
                .contains("goes with a PATH");
        assertThat(shell.run(
                                "backup",
                                "-r",
                                repository,
                                "--jenkins-home",
                                home.resolve("jobs").toString())
                        .err())
                .contains("is no JENKINS_HOME");
    }

    @Test
    void followsAPolicy() throws Exception {
        Path policy = scratch.resolve("policy.yaml");
        String text = """
                policy: jenkins
                sources:
                  - name: home
                    kind: jenkinsHome
                    sections: [configuration, jobs, secrets]
                destinations:
                  - location: %s
                """.formatted(repository);
        Files.writeString(policy, text);

        assertThat(shell.run("backup", "-f", policy.toString()).err()).contains("set JENKINS_HOME");
        Outcome outcome = shell.with("JENKINS_HOME", home.toString()).run("backup", "-f", policy.toString());

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(files()).containsExactly("config.xml", "jobs/shop/config.xml", "secrets/master.key");
        Files.writeString(policy, text.replace("jenkinsHome", "files\n    paths: [/x]"));
        assertThat(shell.run("backup", "-f", policy.toString()).err())
                .contains("'sections' goes with kind: jenkinsHome");
    }

    @Test
    void findsTheHomeOfAPolicyByItsPath() throws Exception {
        Path policy = scratch.resolve("policy.yaml");
        Files.writeString(policy, """
                policy: jenkins
                sources:
                  - name: home
                    kind: jenkinsHome
                    paths: [%s]
                destinations:
                  - location: %s
                """.formatted(home, repository));

        Outcome outcome = shell.run("backup", "-f", policy.toString());

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(files()).contains("secrets/master.key").doesNotContain("workspace/shop/Main.java");
    }

    private List<String> files() throws Exception {
        Path target = scratch.resolve("restored");
        Outcome outcome = shell.run("restore", "-r", repository, "latest", "--target", target.toString());
        assertThat(outcome.status()).as(outcome.err()).isZero();
        try (var files = Files.walk(target)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> target.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private void write(String path, String content) throws IOException {
        Path file = home.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
