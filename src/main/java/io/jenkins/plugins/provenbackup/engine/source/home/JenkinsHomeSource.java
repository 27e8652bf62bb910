package io.jenkins.plugins.provenbackup.engine.source.home;

import io.jenkins.plugins.provenbackup.engine.source.FileTreeSource;
import io.jenkins.plugins.provenbackup.engine.source.Source;
import io.jenkins.plugins.provenbackup.engine.source.SourceException;
import io.jenkins.plugins.provenbackup.engine.source.SourceProblems;
import io.jenkins.plugins.provenbackup.engine.source.SourceWalk;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A JENKINS_HOME: a file tree without what Jenkins makes anew (workspaces, caches, unpacked plugins, temporary files), and without
 * the sections that nobody wants. A build that is under way is kept as it is but for the state of its Pipeline; a restored
 * Jenkins shows it as aborted.
 */
public final class JenkinsHomeSource implements Source {

    private final Path home;
    private final Set<HomeSection> sections;
    private final RunningBuilds running;
    private final WalkOptions options;

    /**
     * Nothing is read yet.
     *
     * @param home the directory that Jenkins calls JENKINS_HOME
     * @param sections what is kept; builds lie inside of jobs, so without these they are left out, too
     * @param running which builds are not over
     * @param options what a user leaves out beside
     */
    public JenkinsHomeSource(Path home, Set<HomeSection> sections, RunningBuilds running, WalkOptions options) {
        this.home = home;
        this.sections = Set.copyOf(sections);
        this.running = running;
        this.options = options;
    }

    @Override
    public JenkinsHomeSource without(Set<Path> directories) {
        return new JenkinsHomeSource(home, sections, running, options.withDestinations(directories));
    }

    @Override
    public Passes passes() {
        return Passes.ANY_NUMBER;
    }

    /**
     * Begins a walk.
     *
     * @throws SourceException also for a directory that is no JENKINS_HOME: a backup of the wrong directory helps nobody
     */
    @Override
    public SourceWalk walk(SourceProblems problems) throws SourceException, InterruptedException {
        if (!Files.isRegularFile(home.resolve("config.xml")) || !Files.isDirectory(home.resolve("jobs"))) {
            throw new SourceException("'" + home
                    + "' is no JENKINS_HOME: there is no config.xml or no directory jobs in it. Jenkins shows its home under"
                    + " Manage Jenkins, System.");
        }
        if (sections.contains(HomeSection.BUILDS)) {
            BuildsElsewhere.in(home).ifPresent(problems::report);
        }
        HomeFilter filter = new HomeFilter(real(), sections, running, problems);
        return new SteadyWalk(new FileTreeSource(List.of(home), options.withFilter(filter)).walk(problems));
    }

    private Path real() throws SourceException {
        try {
            return home.toRealPath();
        } catch (IOException e) {
            throw new SourceException("cannot back up '" + home + "': " + e.getMessage(), e);
        }
    }
}
