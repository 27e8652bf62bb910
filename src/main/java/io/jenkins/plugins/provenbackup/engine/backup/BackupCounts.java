package io.jenkins.plugins.provenbackup.engine.backup;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.repository.Totals;
import io.jenkins.plugins.provenbackup.engine.source.Problem;

/** Adds up what a run does. For one thread. */
final class BackupCounts {

    private long files;
    private long directories;
    private long symlinks;
    private long bytes;
    private long filesNew;
    private long filesChanged;
    private long filesUnchanged;
    private long bytesRead;

    void entry(Node node) {
        switch (node.type()) {
            case FILE -> {
                files++;
                bytes += node.size();
            }
            case DIRECTORY -> directories++;
            case SYMLINK -> symlinks++;
        }
    }

    void unchanged(EntryType type) {
        filesUnchanged += type == EntryType.FILE ? 1 : 0;
    }

    void read(Intake.Novelty novelty, long count) {
        bytesRead += count;
        if (novelty == Intake.Novelty.NEW) {
            filesNew++;
        } else {
            filesChanged++;
        }
    }

    Totals totals(ProblemLog problems, long bytesAdded, long bytesStored) {
        return new Totals(
                files,
                directories,
                symlinks,
                bytes,
                filesNew,
                filesChanged,
                filesUnchanged,
                bytesRead,
                bytesAdded,
                bytesStored,
                problems.incomplete(),
                problems.count(Problem.Kind.CHANGED_WHILE_READ),
                problems.count(Problem.Kind.VANISHED),
                problems.count(Problem.Kind.FIFO, Problem.Kind.SOCKET, Problem.Kind.DEVICE, Problem.Kind.OTHER_TYPE),
                problems.count(
                        Problem.Kind.MARKED_NO_BACKUP, Problem.Kind.CACHE_DIRECTORY, Problem.Kind.OWN_DESTINATION),
                problems.count(Problem.Kind.BUILD_IN_PROGRESS));
    }
}
