package io.jenkins.plugins.provenbackup.jenkins.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A configuration that release 1.0.0 saved, with no field at its default, means the same in every later one. */
@WithJenkins
class UpgradeTest {

    @Test
    void nothingOfWhatAnEarlierReleaseSavedIsLost(JenkinsRule jenkins) throws Exception {
        String saved;
        try (InputStream file = Objects.requireNonNull(getClass().getResourceAsStream("configuration-of-1.0.0.xml"))) {
            saved = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
        Path file = jenkins.jenkins.getRootDir().toPath().resolve(ProvenBackupConfiguration.class.getName() + ".xml");
        Files.writeString(file, saved);
        ProvenBackupConfiguration configuration = ProvenBackupConfiguration.get();

        configuration.load();

        List<String> elements =
                saved.lines().skip(2).map(String::strip).distinct().toList();
        assertThat(elements).hasSizeGreaterThan(50);
        assertThat(Jenkins.XSTREAM2.toXML(configuration).lines().map(String::strip))
                .containsAll(elements);
        assertThat(configuration.policy("shop").orElseThrow().getSources()).hasSize(3);
        assertThat(configuration.destination("nas").orElseThrow().getAllowedJobs())
                .isEqualTo("shop/*\nweb");
    }
}
