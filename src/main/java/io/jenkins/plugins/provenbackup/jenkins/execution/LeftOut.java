package io.jenkins.plugins.provenbackup.jenkins.execution;

import hudson.AbortException;
import io.jenkins.plugins.provenbackup.engine.source.BadPatternException;
import io.jenkins.plugins.provenbackup.engine.source.Excludes;
import io.jenkins.plugins.provenbackup.engine.source.Marker;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a walk leaves out. */
final class LeftOut implements Serializable {

    private static final long serialVersionUID = 1L;

    private final ArrayList<String> patterns;
    private final BackupParameters wish;

    /**
     * States it.
     *
     * @param patterns of the policy, in gitignore syntax
     * @param wish what the step says beside
     */
    LeftOut(List<String> patterns, BackupParameters wish) {
        this.patterns = new ArrayList<>(patterns);
        this.patterns.addAll(Lines.of(wish.excludes));
        this.wish = wish;
    }

    WalkOptions walk(WorkspaceRoot workspace) throws IOException {
        Excludes.Builder builder = Excludes.builder();
        try {
            if (!wish.excludeFile.isEmpty()) {
                Path found = workspace.existing(wish.excludeFile);
                builder.addFile(found);
            }
            for (String pattern : patterns) {
                builder.add(pattern, "excludes");
            }
        } catch (BadPatternException e) {
            throw new AbortException(e.getMessage());
        }
        Set<Marker> markers = EnumSet.of(Marker.NO_BACKUP);
        if (wish.excludeCaches) {
            markers.add(Marker.CACHE_DIRECTORY);
        }
        return WalkOptions.ALL
                .withExcludes(builder.build())
                .withMarkers(markers)
                .withBoundary(
                        wish.oneFileSystem
                                ? WalkOptions.Boundary.ONE_FILE_SYSTEM
                                : WalkOptions.Boundary.ALL_FILE_SYSTEMS);
    }
}
