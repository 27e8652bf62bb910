package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.source.BadPatternException;
import io.jenkins.plugins.provenbackup.engine.source.Excludes;
import io.jenkins.plugins.provenbackup.engine.source.Marker;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** What is left out of files that are read. */
final class ExcludeOptions {

    @Option(
            names = {"-e", "--exclude"},
            paramLabel = "GLOB",
            description = "Leave out what matches (syntax of .gitignore; / is the root of the snapshot).")
    private List<String> excludes = new ArrayList<>();

    @Option(names = "--exclude-file", paramLabel = "FILE", description = "Leave out what matches a line of the file.")
    private List<Path> excludeFiles = new ArrayList<>();

    @Option(
            names = {"-x", "--one-file-system"},
            description = "Do not enter other file systems.")
    private boolean oneFileSystem;

    @Option(names = "--exclude-caches", description = "Leave out what lies beside a CACHEDIR.TAG.")
    private boolean excludeCaches;

    @Option(
            names = "--no-markers",
            description = "Back up directories that hold a .nobackup file too, which are left out otherwise.")
    private boolean noMarkers;

    /** Whether no pattern was given. */
    boolean isEmpty() {
        return excludes.isEmpty() && excludeFiles.isEmpty();
    }

    /** Takes patterns in place of those of the command line. */
    void onlyThese(List<String> patterns) {
        excludes = List.copyOf(patterns);
    }

    WalkOptions walk() throws IOException, BadPatternException {
        Excludes.Builder patterns = Excludes.builder();
        for (Path file : excludeFiles) {
            patterns.addFile(file);
        }
        for (String pattern : excludes) {
            patterns.add(pattern, "--exclude");
        }
        Set<Marker> markers = EnumSet.noneOf(Marker.class);
        if (!noMarkers) {
            markers.add(Marker.NO_BACKUP);
        }
        if (excludeCaches) {
            markers.add(Marker.CACHE_DIRECTORY);
        }
        return WalkOptions.ALL
                .withExcludes(patterns.build())
                .withMarkers(markers)
                .withBoundary(
                        oneFileSystem ? WalkOptions.Boundary.ONE_FILE_SYSTEM : WalkOptions.Boundary.ALL_FILE_SYSTEMS);
    }
}
