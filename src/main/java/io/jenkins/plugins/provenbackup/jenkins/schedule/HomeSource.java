package io.jenkins.plugins.provenbackup.jenkins.schedule;

import io.jenkins.plugins.provenbackup.engine.source.Source;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import io.jenkins.plugins.provenbackup.engine.source.home.HomeSection;
import io.jenkins.plugins.provenbackup.jenkins.home.ControllerHome;
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
}
