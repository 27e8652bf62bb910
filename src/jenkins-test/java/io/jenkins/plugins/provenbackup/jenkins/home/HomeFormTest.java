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
import java.util.Set;
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
        configuration.setPolicies(List.of(policy("some", home), policy("all", new JenkinsHomeSource())));
        configuration.setBootWithoutIsolation(true);

        jenkins.configRoundtrip();

        assertThat(configuration.isBootWithoutIsolation()).isTrue();
        assertThat(sections("some"))
                .isEqualTo(EnumSet.complementOf(EnumSet.of(HomeSection.USER_CONTENT, HomeSection.NODES)));
        assertThat(sections("all")).isEqualTo(EnumSet.allOf(HomeSection.class));
    }

    private static BackupPolicy policy(String name, JenkinsHomeSource home) {
        BackupPolicy policy = new BackupPolicy(name);
        policy.setSources(List.of(home));
        policy.setDestinations(List.of(new PolicyDestination("nas")));
        return policy;
    }

    private static Set<HomeSection> sections(String policy) {
        BackupPolicy found = ProvenBackupConfiguration.get().policy(policy).orElseThrow();
        return ((JenkinsHomeSource) found.getSources().get(0)).sections();
    }
}
