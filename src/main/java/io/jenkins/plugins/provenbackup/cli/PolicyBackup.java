package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.snapshots.SnapshotList;
import io.jenkins.plugins.provenbackup.engine.source.BadPatternException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Backs up sources of a policy, one after the other: one that fails does not stop the others. */
final class PolicyBackup {

    private final Context context;
    private final OpenPolicy open;

    PolicyBackup(Context context, OpenPolicy open) {
        this.context = context;
        this.open = open;
    }

    /** Makes one backup. */
    interface Maker {
        ExitStatus backUp(Policy.Source source, SnapshotKind kind)
                throws IOException, InterruptedException, BadPatternException;
    }

    /**
     * Backs up.
     *
     * @param kind for all; without one each becomes what the policy says is due
     * @return the worst of all
     */
    ExitStatus run(List<Policy.Source> sources, Optional<SnapshotKind> kind, Maker maker)
            throws IOException, InterruptedException, BadPatternException {
        SnapshotList list = open.repository().snapshots();
        ExitStatus worst = ExitStatus.DONE;
        for (Policy.Source source : sources) {
            try {
                ExitStatus status = maker.backUp(source, kind.orElseGet(() -> due(source, list)));
                worst = worst == ExitStatus.DONE ? status : worst;
            } catch (IOException e) {
                if (sources.size() == 1 || e instanceof InterruptedIOException) {
                    throw e;
                }
                context.progress().close();
                context.output()
                        .notice(context.output().style().bad("error: ") + "the source '" + source.name()
                                + "' was not backed up: " + Messages.of(e));
                worst = ExitStatus.FAILED;
            }
        }
        return worst;
    }

    private SnapshotKind due(Policy.Source source, SnapshotList list) {
        Optional<Instant> newestFull = list.of(source.name()).stream()
                .map(one -> one.manifest())
                .filter(manifest -> manifest.kind() == SnapshotKind.FULL)
                .map(manifest -> manifest.start())
                .max(Instant::compareTo);
        return open.policy().backups().next(newestFull, context.clock().instant());
    }
}
