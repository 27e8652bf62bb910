package io.jenkins.plugins.provenbackup.engine.source.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NeutralHomeTest {

    @TempDir
    private Path scratch;

    private Path home;

    @BeforeEach
    void aRestoredHome() throws IOException {
        home = scratch.resolve("home");
        write(
                "config.xml",
                "<?xml version='1.1' encoding='UTF-8'?>\n<hudson>\n  <numExecutors>2</numExecutors>\n</hudson>");
        write("jobs/shop/config.xml", "<project/>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "queue.xml",
                "org.jenkinsci.plugins.workflow.flow.FlowExecutionList.xml",
                "org.jenkinsci.main.modules.sshd.SSHD.xml",
                "init.groovy.d/deep/er.groovy",
                "init.groovy",
                "boot-failure.groovy",
                "nodes/builder/config.xml",
                "jenkins.yaml",
                "jenkins.yml",
                "casc_configs/all.yaml",
            })
    void removesWhatBeginsWork(String path) throws Exception {
        write(path, "x");

        NeutralHome.make(home);

        assertThat(home.resolve(path)).doesNotExist();
        assertThat(home.resolve("jobs/shop/config.xml")).exists();
    }

    @Test
    void keepsWhatOnlyLooksLikeIt() throws Exception {
        write("jobs/nodes/config.xml", "<project/>");
        write("jobs/shop/builds/1/archive/init.groovy", "x");
        write("userContent/queue.xml", "x");

        NeutralHome.make(home);

        assertThat(home.resolve("jobs/nodes/config.xml")).exists();
        assertThat(home.resolve("jobs/shop/builds/1/archive/init.groovy")).exists();
        assertThat(home.resolve("userContent/queue.xml")).exists();
    }

    @Test
    void blanksWhatJenkinsConnectsToAndKeepsTheRest() throws Exception {
        write("config.xml", """
                <?xml version='1.1' encoding='UTF-8'?>
                <hudson>
                  <numExecutors>2</numExecutors>
                  <clouds>
                    <com.example.Cloud plugin="x@1"><url>https://cloud.example</url></com.example.Cloud>
                  </clouds>
                  <slaves><slave><name>old</name></slave></slaves>
                  <slaveAgentPort>50000</slaveAgentPort>
                  <buildsDir>/data/builds/${ITEM_FULL_NAME}</buildsDir>
                  <workspaceDir>/data/ws</workspaceDir>
                  <systemMessage>umlaut \u00fc, control &#x1b;, &lt;b&gt;</systemMessage>
                  <views><clouds>kept</clouds></views>
                </hudson>
                """);

        NeutralHome.make(home);

        assertThat(Files.readString(home.resolve("config.xml")))
                .contains("version=\"1.1\"", "umlaut \u00fc, control &#27;, &lt;b&gt;", "<clouds>kept</clouds>")
                .contains("<numExecutors>0</numExecutors>", "<slaveAgentPort>-1</slaveAgentPort>")
                .contains("<buildsDir>${ITEM_ROOTDIR}/builds</buildsDir>")
                .contains("<workspaceDir>${JENKINS_HOME}/workspace/${ITEM_FULL_NAME}</workspaceDir>")
                .doesNotContain("cloud.example", "<slave>", "/data/", "50000", "<numExecutors>2");
    }

    @Test
    void readsNoEntities() throws Exception {
        Path secret = Files.writeString(scratch.resolve("secret"), "do not read");
        write("config.xml", "<!DOCTYPE hudson [<!ENTITY x SYSTEM '" + secret.toUri() + "'>]><hudson>&x;</hudson>");

        assertThatThrownBy(() -> NeutralHome.make(home))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("config.xml")
                .hasMessageNotContaining("do not read");
    }

    @ParameterizedTest
    @CsvSource({
        "builds/lastSuccessful, 1, true",
        "builds/lastStable, ../builds/1, true",
        "dangling, builds/99, true",
        "out, ../../../outside, false",
        "absolute, /etc/passwd, false",
        "sly, builds/../../../../outside, false",
        "up-and-in, ../../../home/jobs, true",
    })
    void cutsLinksThatLeadOut(String link, String target, boolean stays) throws Exception {
        write("jobs/shop/builds/1/build.xml", "<build>\n  <result>SUCCESS</result>\n</build>");
        Path path = Files.createSymbolicLink(home.resolve("jobs/shop").resolve(link), Path.of(target));

        NeutralHome.make(home);

        assertThat(Files.exists(path, LinkOption.NOFOLLOW_LINKS)).isEqualTo(stays);
    }

    @Test
    void neverChangesAFileThroughALink() throws Exception {
        Path original = Files.writeString(scratch.resolve("original.xml"), "<hudson><clouds>live</clouds></hudson>");
        Files.delete(home.resolve("config.xml"));
        Files.createSymbolicLink(home.resolve("config.xml"), original);

        assertThatThrownBy(() -> NeutralHome.make(home)).isInstanceOf(IOException.class);

        assertThat(original).hasContent("<hudson><clouds>live</clouds></hudson>");
    }

    @Test
    void marksUnfinishedBuildsAsAborted() throws Exception {
        write("jobs/a/config.xml", "<flow-definition/>");
        write(
                "jobs/a/builds/1/build.xml",
                "<flow-build>\n  <result>UNSTABLE</result>\n  <completed>false</completed>\n</flow-build>\n");
        write("jobs/f/config.xml", "<folder/>");
        write("jobs/f/jobs/b/config.xml", "<project/>");
        write("jobs/f/jobs/b/builds/7/build.xml", "<build>\n  <startTime>5</startTime>\n</build>");
        write("jobs/f/jobs/b/builds/6/build.xml", "<build>\n  <result>SUCCESS</result>\n</build>");

        NeutralHome.make(home);

        assertThat(home.resolve("jobs/a/builds/1/build.xml"))
                .hasContent("<flow-build>\n  <completed>true</completed>\n  <result>ABORTED</result>\n</flow-build>\n");
        assertThat(home.resolve("jobs/f/jobs/b/builds/7/build.xml"))
                .hasContent("<build>\n  <startTime>5</startTime>\n  <result>ABORTED</result>\n</build>");
        assertThat(home.resolve("jobs/f/jobs/b/builds/6/build.xml"))
                .hasContent("<build>\n  <result>SUCCESS</result>\n</build>");
    }

    private void write(String path, String content) throws IOException {
        Path file = home.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
