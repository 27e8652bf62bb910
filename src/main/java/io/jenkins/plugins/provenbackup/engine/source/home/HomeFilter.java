package io.jenkins.plugins.provenbackup.engine.source.home;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.PrintableName;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import io.jenkins.plugins.provenbackup.engine.source.EntryFilter;
import io.jenkins.plugins.provenbackup.engine.source.Problem;
import io.jenkins.plugins.provenbackup.engine.source.SourceProblems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What one walk through a home leaves out, and what it has to tell of builds that are under way. */
final class HomeFilter implements EntryFilter {

    /** A Pipeline's state, which changes as it runs and cannot be gone on with from a copy. */
    private static final Set<String> STATE_OF_A_RUNNING_BUILD = Set.of("program.dat", "workflow", "workflow-completed");

    private final Path home;
    private final Set<HomeSection> sections;
    private final RunningBuilds running;
    private final SourceProblems problems;
    private List<String> build = List.of();
    private boolean isRunning;

    HomeFilter(Path home, Set<HomeSection> sections, RunningBuilds running, SourceProblems problems) {
        this.home = home;
        this.sections = sections;
        this.running = running;
        this.problems = problems;
    }

    @Override
    public boolean leavesOut(EntryPath entry, Kind kind) {
        // Names that are no text are none of Jenkins': they are kept, whatever characters stand for them here.
        List<String> path = List.of(new String(entry.toByteArray(), StandardCharsets.UTF_8).split("/"));
        Optional<HomeSection> section = HomeLayout.sectionOf(path, kind);
        if (section.isEmpty() || !sections.contains(section.get())) {
            return true;
        }
        Optional<Integer> depth = HomeLayout.buildDepth(path);
        if (kind == Kind.OTHER
                && depth.isEmpty()
                && (path.size() == 1 || path.get(0).equals("jobs"))) {
            reportLink(entry);
        }
        return depth.isPresent() && isStateOfARunningBuild(entry, path, depth.get());
    }

    /** Administrators move what is large to other disks, and leave a link. */
    private void reportLink(EntryPath entry) {
        Path link = RawNames.resolve(home, entry);
        try {
            if (Files.isSymbolicLink(link)
                    && Files.isDirectory(link)
                    && !link.toRealPath().startsWith(home)) {
                problems.report(new Problem(
                        entry,
                        Problem.Kind.LIES_ELSEWHERE,
                        "'" + entry + "' is a link to " + "'" + PrintableName.of(RawNames.bytesOf(link.toRealPath()))
                                + "'"
                                + ", which is not in this backup: back that up as a source of its own, and leave the link out"
                                + " here by a pattern"));
            }
        } catch (IOException e) {
            // It leads nowhere by now.
        }
    }

    private boolean isStateOfARunningBuild(EntryPath entry, List<String> path, int depth) {
        if (path.size() == depth) {
            build = path;
            isRunning = running.isRunning(RawNames.resolve(home, entry));
            if (isRunning) {
                problems.report(new Problem(
                        entry,
                        Problem.Kind.BUILD_IN_PROGRESS,
                        "'" + entry + "' is a build in progress: its Pipeline state is left out"));
            }
            return false;
        }
        return isRunning
                && path.size() == depth + 1
                && path.subList(0, depth).equals(build)
                && STATE_OF_A_RUNNING_BUILD.contains(path.get(depth));
    }
}
