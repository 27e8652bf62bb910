package io.jenkins.plugins.provenbackup.engine.source.home;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import io.jenkins.plugins.provenbackup.engine.source.EntryFilter;
import io.jenkins.plugins.provenbackup.engine.source.FileTreeSource;
import io.jenkins.plugins.provenbackup.engine.source.NotedSource;
import io.jenkins.plugins.provenbackup.engine.source.Selection;
import io.jenkins.plugins.provenbackup.engine.source.Source;
import io.jenkins.plugins.provenbackup.engine.source.SourceException;
import io.jenkins.plugins.provenbackup.engine.source.SourceProblems;
import io.jenkins.plugins.provenbackup.engine.source.SourceWalk;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What people configure in a JENKINS_HOME and nothing else: XML files at its top, the {@code config.xml} of jobs and folders, agents and
 * accounts. Small, and worth keeping every state of.
 */
public final class HomeConfigurationSource implements Source {

    private final Path home;
    private final WalkOptions options;

    /** All of it; nothing is read yet. */
    public HomeConfigurationSource(Path home) {
        this(home, WalkOptions.ALL.withFilter(HomeConfigurationSource::leavesOut));
    }

    private HomeConfigurationSource(Path home, WalkOptions options) {
        this.home = home;
        this.options = options;
    }

    /**
     * The same, looked at only where something was noted.
     *
     * @param since id of the snapshot after whose beginning everything was noted, in hexadecimal digits
     * @param paths files and directories that may have changed, or be gone; those outside of the home count for nothing
     */
    public NotedSource noted(String since, Collection<Path> paths) {
        Path top = home.toAbsolutePath().normalize();
        List<EntryPath> noted = new ArrayList<>();
        for (Path path : paths) {
            Path absolute = path.toAbsolutePath().normalize();
            if (absolute.startsWith(top) && !absolute.equals(top)) {
                EntryPath entry = EntryPath.ROOT;
                for (Path name : top.relativize(absolute)) {
                    entry = entry.child(RawNames.nameOf(name));
                }
                noted.add(entry);
            }
        }
        return new NotedSource(this, this::only, since, noted);
    }

    private Source only(Selection selection) {
        return new HomeConfigurationSource(home, options.withSelection(selection));
    }

    @Override
    public Passes passes() {
        return Passes.ANY_NUMBER;
    }

    @Override
    public SourceWalk walk(SourceProblems problems) throws SourceException, InterruptedException {
        if (!Files.isRegularFile(home.resolve("config.xml"))) {
            throw new SourceException("'" + home + "' is no JENKINS_HOME: there is no config.xml in it.");
        }
        return new SteadyWalk(new FileTreeSource(List.of(home), options).walk(problems));
    }

    private static boolean leavesOut(EntryPath entry, EntryFilter.Kind kind) {
        List<String> path = List.of(new String(entry.toByteArray(), StandardCharsets.UTF_8).split("/"));
        if (HomeLayout.sectionOf(path, kind).isEmpty()) {
            return true;
        }
        return switch (path.get(0)) {
            case "jobs" -> !HomeLayout.isItemOrConfiguration(path, kind);
            case "users", "nodes" -> false;
            default ->
                path.size() > 1
                        || kind == EntryFilter.Kind.DIRECTORY
                        || !path.get(0).endsWith(".xml");
        };
    }
}
