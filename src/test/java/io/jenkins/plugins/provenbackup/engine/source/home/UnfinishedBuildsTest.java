package io.jenkins.plugins.provenbackup.engine.source.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnfinishedBuildsTest {

    @TempDir
    private Path build;

    @Test
    void aBuildWithAResultIsOver() throws Exception {
        assertThat(isRunning("<build>\n  <result>ABORTED</result>\n</build>\n")).isFalse();
    }

    @Test
    void aBuildWithoutAResultIsNot() throws Exception {
        assertThat(isRunning("<build>\n  <startTime>17</startTime>\n</build>\n"))
                .isTrue();
    }

    @Test
    void aPipelineThatIsUnstableAlreadyIsNot() throws Exception {
        assertThat(isRunning(
                        "<flow-build>\n  <result>UNSTABLE</result>\n  <completed>false</completed>\n</flow-build>\n"))
                .isTrue();
    }

    @Test
    void resultsOfOtherThingsDoNotCount() throws Exception {
        assertThat(
                        isRunning(
                                "<build>\n  <actions>\n    <a>\n      <result>SUCCESS</result>\n    </a>\n  </actions>\n</build>"))
                .isTrue();
    }

    @Test
    void findsTheResultInFrontOfALongTail() throws Exception {
        assertThat(isRunning("<build>\r\n  <result>SUCCESS</result>\r\n  <note>" + "x".repeat(20_000)
                        + "</note>\r\n</build>"))
                .isFalse();
    }

    @Test
    void aBuildThatHasNotBeenWrittenYetIsNotOver() {
        assertThat(new UnfinishedBuilds().isRunning(build)).isTrue();
    }

    private boolean isRunning(String text) throws Exception {
        Files.writeString(build.resolve("build.xml"), text);
        return new UnfinishedBuilds().isRunning(build);
    }
}
