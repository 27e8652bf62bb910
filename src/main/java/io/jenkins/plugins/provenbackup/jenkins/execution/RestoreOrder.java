package io.jenkins.plugins.provenbackup.jenkins.execution;

import hudson.AbortException;
import io.jenkins.plugins.provenbackup.engine.source.BadPatternException;
import io.jenkins.plugins.provenbackup.engine.source.Excludes;
import io.jenkins.plugins.provenbackup.engine.target.Overwrite;
import io.jenkins.plugins.provenbackup.engine.target.Ownership;
import io.jenkins.plugins.provenbackup.engine.target.Unlisted;
import io.jenkins.plugins.provenbackup.jenkins.results.ReportSubject;
import io.jenkins.plugins.provenbackup.jenkins.results.RestoreReport;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is to be restored, where to and how. Holds no secret. */
final class RestoreOrder implements Serializable {

    private static final long serialVersionUID = 1L;

    private final SnapshotPlace snapshot;
    private final ReportSubject subject;
    private final WorkspaceRoot workspace;
    private final String target;
    private final ArrayList<String> includes;
    private final Overwrite overwrite;
    private final Ownership ownership;
    private final Unlisted unlisted;
    private final RestoreReport.Kind kind;
    private final long downloadRate;

    /** How it is done: what a user may choose. */
    static final class Options {
        List<String> includes = List.of();
        Overwrite overwrite = Overwrite.IF_CHANGED;
        Ownership ownership = Ownership.RESTORE;
        Unlisted unlisted = Unlisted.KEEP;
        RestoreReport.Kind kind = RestoreReport.Kind.WRITTEN;
        long downloadRate;
    }

    RestoreOrder(
            SnapshotPlace snapshot, ReportSubject subject, WorkspaceRoot workspace, String target, Options options) {
        this.snapshot = snapshot;
        this.subject = subject;
        this.workspace = workspace;
        this.target = target;
        this.includes = new ArrayList<>(options.includes);
        this.overwrite = options.overwrite;
        this.ownership = options.ownership;
        this.unlisted = options.unlisted;
        this.kind = options.kind;
        this.downloadRate = options.downloadRate;
    }

    SnapshotPlace snapshot() {
        return snapshot;
    }

    ReportSubject subject() {
        return subject;
    }

    WorkspaceRoot workspace() {
        return workspace;
    }

    /** Relative to the workspace. */
    String target() {
        return target;
    }

    Optional<Excludes> includes() throws AbortException {
        return patterns(includes);
    }

    /**
     * Patterns of what is wanted; empty for everything.
     *
     * @throws AbortException when one is none
     */
    static Optional<Excludes> patterns(List<String> includes) throws AbortException {
        if (includes.isEmpty()) {
            return Optional.empty();
        }
        Excludes.Builder patterns = Excludes.builder();
        try {
            for (String include : includes) {
                patterns.add(include, "includes");
            }
        } catch (BadPatternException e) {
            throw new AbortException(e.getMessage());
        }
        return Optional.of(patterns.build());
    }

    Overwrite overwrite() {
        return overwrite;
    }

    Ownership ownership() {
        return ownership;
    }

    Unlisted unlisted() {
        return unlisted;
    }

    RestoreReport.Kind kind() {
        return kind;
    }

    /** Bytes per second; empty for no limit. */
    Optional<Long> downloadRate() {
        return downloadRate > 0 ? Optional.of(downloadRate) : Optional.empty();
    }
}
