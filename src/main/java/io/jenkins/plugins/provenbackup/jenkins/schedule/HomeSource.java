package io.jenkins.plugins.provenbackup.jenkins.schedule;

import io.jenkins.plugins.provenbackup.engine.source.BadPatternException;
import io.jenkins.plugins.provenbackup.engine.source.Excludes;
import io.jenkins.plugins.provenbackup.engine.source.Source;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import io.jenkins.plugins.provenbackup.engine.source.home.HomeSection;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.JenkinsHomeSource;
import io.jenkins.plugins.provenbackup.jenkins.home.ControllerHome;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** How the home of this Jenkins is read. */
@FunctionalInterface
public interface HomeSource {

    /** As it is at this moment. */
    Source open();

    /** All of it but what Jenkins makes again by itself. */
    static HomeSource ofController() {
        return () -> ControllerHome.source(HomeSection.parse(List.of()), WalkOptions.ALL);
    }

    /**
     * The sections that a policy wants, without what it leaves out.
     *
     * @throws IllegalArgumentException when it has no JENKINS_HOME, or one of its patterns cannot be read
     */
    static HomeSource of(BackupPolicy policy) {
        JenkinsHomeSource wanted = policy.getSources().stream()
                .filter(JenkinsHomeSource.class::isInstance)
                .map(JenkinsHomeSource.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(policy.describe() + " has no JENKINS_HOME"));
        try {
            Excludes excludes = Excludes.builder()
                    .addLines(wanted.getExcludes().getBytes(StandardCharsets.UTF_8), policy.describe())
                    .build();
            return () -> ControllerHome.source(wanted.sections(), WalkOptions.ALL.withExcludes(excludes));
        } catch (BadPatternException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
