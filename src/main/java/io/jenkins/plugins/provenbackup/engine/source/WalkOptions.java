package io.jenkins.plugins.provenbackup.engine.source;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a walk leaves out.
 *
 * @param excludes patterns in gitignore syntax, applied to paths as they are in the snapshot
 * @param boundary whether mount points are entered
 * @param markers markers that are heeded in every directory below the ones named by the user
 * @param selection when present, only these are walked, below one root directory
 * @param filter what the source itself never keeps
 * @param destinations real paths of directories that the backup itself is stored in, and whose contents are left out
 */
public record WalkOptions(
        Excludes excludes,
        Boundary boundary,
        Set<Marker> markers,
        Optional<Selection> selection,
        EntryFilter filter,
        Set<Path> destinations) {

    /** Everything, on all file systems. */
    public static final WalkOptions ALL = new WalkOptions(
            Excludes.NONE, Boundary.ALL_FILE_SYSTEMS, Set.of(), Optional.empty(), EntryFilter.NONE, Set.of());

    /** Whether a walk enters other file systems than the one where it began. */
    public enum Boundary {
        ALL_FILE_SYSTEMS,
        ONE_FILE_SYSTEM
    }

    public WalkOptions {
        markers = markers.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(markers));
        destinations = Set.copyOf(destinations);
    }

    public WalkOptions withExcludes(Excludes patterns) {
        return new WalkOptions(patterns, boundary, markers, selection, filter, destinations);
    }

    public WalkOptions withBoundary(Boundary kind) {
        return new WalkOptions(excludes, kind, markers, selection, filter, destinations);
    }

    public WalkOptions withMarkers(Set<Marker> heeded) {
        return new WalkOptions(excludes, boundary, heeded, selection, filter, destinations);
    }

    public WalkOptions withSelection(Selection only) {
        return new WalkOptions(excludes, boundary, markers, Optional.of(only), filter, destinations);
    }

    public WalkOptions withFilter(EntryFilter own) {
        return new WalkOptions(excludes, boundary, markers, selection, own, destinations);
    }

    /** See {@link Source#without}. */
    public WalkOptions withDestinations(Set<Path> directories) {
        return new WalkOptions(excludes, boundary, markers, selection, filter, directories);
    }
}
