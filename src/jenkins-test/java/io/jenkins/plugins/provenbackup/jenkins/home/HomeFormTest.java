package io.jenkins.plugins.provenbackup.jenkins.home;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.source.home.HomeSection;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.JenkinsHomeSource;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicyDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the form says of a JENKINS_HOME comes back as it went in. */
@WithJenkins
class HomeFormTest {

    @Test
    void sectionsAndTheWaiverOfIsolationSurviveTheForm(JenkinsRule jenkins) throws Exception {
        ProvenBackupConfiguration configuration = ProvenBackupConfiguration.get();
        configuration.setDestinations(List.of(new BackupDestination("nas", "/mnt/nas")));
        JenkinsHomeSource home = new JenkinsHomeSource();
        home.setUserContent(false);
        home.setNodes(false);
        BackupPolicy policy = new BackupPolicy("jenkins-home");
        policy.setSources(List.of(home, new JenkinsHomeSource()));
        policy.setDestinations(List.of(new PolicyDestination("nas")));
        configuration.setPolicies(List.of(policy));
        configuration.setBootWithoutIsolation(true);

        jenkins.configRoundtrip();

        assertThat(configuration.isBootWithoutIsolation()).isTrue();
        List<EnumSet<HomeSection>> sections = configuration.policy("jenkins-home").orElseThrow().getSources().stream()
                .map(source -> EnumSet.copyOf(((JenkinsHomeSource) source).sections()))
                .toList();
        assertThat(sections)
                .containsExactly(
                        EnumSet.complementOf(EnumSet.of(HomeSection.USER_CONTENT, HomeSection.NODES)),
                        EnumSet.allOf(HomeSection.class));
    }
}
