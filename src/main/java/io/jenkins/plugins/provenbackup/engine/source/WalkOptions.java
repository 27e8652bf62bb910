package io.jenkins.plugins.provenbackup.engine.source;

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
 */
public record WalkOptions(
        Excludes excludes, Boundary boundary, Set<Marker> markers, Optional<Selection> selection, EntryFilter filter) {

    /** Everything, on all file systems. */
    public static final WalkOptions ALL =
            new WalkOptions(Excludes.NONE, Boundary.ALL_FILE_SYSTEMS, Set.of(), Optional.empty(), EntryFilter.NONE);

    /** Whether a walk enters other file systems than the one where it began. */
    public enum Boundary {
        ALL_FILE_SYSTEMS,
        ONE_FILE_SYSTEM
    }

    public WalkOptions {
        markers = markers.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(markers));
    }

    public WalkOptions withExcludes(Excludes patterns) {
        return new WalkOptions(patterns, boundary, markers, selection, filter);
    }

    public WalkOptions withBoundary(Boundary kind) {
        return new WalkOptions(excludes, kind, markers, selection, filter);
    }

    public WalkOptions withMarkers(Set<Marker> heeded) {
        return new WalkOptions(excludes, boundary, heeded, selection, filter);
    }

    public WalkOptions withSelection(Selection only) {
        return new WalkOptions(excludes, boundary, markers, Optional.of(only), filter);
    }

    public WalkOptions withFilter(EntryFilter own) {
        return new WalkOptions(excludes, boundary, markers, selection, own);
    }
}
