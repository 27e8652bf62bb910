package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.archive.BlockRange;
import io.jenkins.plugins.provenbackup.engine.repository.ArchiveTable;
import io.jenkins.plugins.provenbackup.engine.repository.BlockId;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Puts the next generation of each snapshot whose blocks were copied, at every destination that has the snapshot. For one thread. */
final class NextGenerations {

    /** Names have four digits for the generation; the last ones are left for tags. */
    private static final int MOST = 9_000;

    private final ArchiveRewrite rewrite;
    private final BlockSet live;
    private final List<Replica> replicas;
    private final SourceKeys keys;
    private final ProgressListener progress;

    NextGenerations(
            ArchiveRewrite rewrite, BlockSet live, List<Replica> replicas, SourceKeys keys, ProgressListener progress) {
        this.rewrite = rewrite;
        this.live = live;
        this.replicas = replicas;
        this.keys = keys;
        this.progress = progress;
    }

    void put(List<Subject> subjects) throws IOException {
        ManifestPlacing placing = ManifestPlacing.at(replicas);
        for (Subject subject : subjects) {
            try {
                put(subject, placing);
            } catch (StorageException.Missing e) {
                progress.notice("A snapshot was forgotten, or pruned by somebody else, while its archives were written"
                        + " anew: " + e.getMessage());
            }
        }
        placing.withdrawForgotten();
    }

    private void put(Subject subject, ManifestPlacing placing) throws IOException {
        Manifest manifest = subject.read(keys);
        if (isConcerned(manifest) && manifest.generation() < MOST) {
            Optional<Manifest> next = next(manifest);
            if (next.isPresent()) {
                placing.put(next.get(), next.get().encode(keys.of(manifest.sourceId())), subject.places());
                progress.entries(1);
            }
        }
    }

    private boolean isConcerned(Manifest manifest) {
        return manifest.archives().archives().stream()
                .anyMatch(row -> rewrite.rewritten().contains(row.archive().hash()));
    }

    /** The manifest after the move; empty when nothing changes, or a block would be nowhere: the snapshot stays as it is. */
    private Optional<Manifest> next(Manifest manifest) {
        NextTable table = new NextTable(manifest, rewrite);
        for (ArchiveTable.Row row : manifest.archives().archives()) {
            if (!rewrite.rewritten().contains(row.archive().hash())) {
                table.keep(row);
                continue;
            }
            for (BlockRange range : row.ranges()) {
                for (long block = range.first(); block < range.first() + range.count(); block++) {
                    if (live.contains(range.stream(), block) && !table.move(new BlockId(range.stream(), block))) {
                        return Optional.empty();
                    }
                }
            }
        }
        return table.isUnchanged() ? Optional.empty() : Optional.of(table.manifest());
    }
}
