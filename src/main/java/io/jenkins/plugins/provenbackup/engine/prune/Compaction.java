package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceId;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes mostly empty archives anew without the blocks that no snapshot uses, and if asked to, the blocks in them without what
 * no snapshot uses of these. Nothing is condemned here: the new archives are at every destination, and then the next
 * generation of each manifest, before the old ones lose their last reference. Only for blocks a key is needed that opens
 * content. For one thread.
 */
final class Compaction {

    private final World world;
    private final PruneRequest request;
    private final SourceKeys keys;
    private final ProgressListener progress;
    private final Clock clock;
    private PruneResult.Amount done = PruneResult.Amount.NONE;
    private PruneResult.Repacked repacked = PruneResult.Repacked.NONE;

    Compaction(World world, PruneRequest request, SourceKeys keys, ProgressListener progress, Clock clock) {
        this.world = world;
        this.request = request;
        this.keys = keys;
        this.progress = progress;
        this.clock = clock;
    }

    /** Compacts every source. */
    void run() throws IOException, InterruptedException {
        if (request.compaction().threshold() == 0) {
            return;
        }
        for (Map.Entry<SourceId, List<Subject>> source : Subject.of(world).entrySet()) {
            compact(source.getKey(), source.getValue());
        }
    }

    /** Archives that were written anew. */
    PruneResult.Amount archives() {
        return done;
    }

    /** Blocks that were written anew. */
    PruneResult.Repacked blocks() {
        return repacked;
    }

    private void compact(SourceId source, List<Subject> subjects) throws IOException, InterruptedException {
        List<Replica> replicas = request.replicas().stream()
                .filter(replica ->
                        subjects.stream().anyMatch(subject -> subject.places().contains(replica)))
                .toList();
        LiveBlocks live;
        try {
            live = LiveBlocks.of(subjects, replicas, keys, request.compaction().depth());
        } catch (IOException e) {
            progress.notice("Archives of a source are not written anew, since one of its catalogs cannot be read: "
                    + e.getMessage());
            return;
        }
        CompactionPlan plan = CompactionPlan.make(live, world, request.compaction(), replicas);
        if (plan.victims().isEmpty()) {
            return;
        }
        if (request.mode() == PruneRequest.Mode.DRY_RUN) {
            plan.victims().forEach(victim -> done = done.plus(victim.row().ref().size()));
            repacked = repacked.plus(new PruneResult.Repacked(plan.repacked().size(), 0, 0));
            return;
        }
        if (plan.repacked().isEmpty()) {
            rewrite(source, subjects, replicas, live, plan, Optional.empty());
            return;
        }
        RecoveryKey recovery = request.key().recovery().orElseThrow();
        LiveChunks chunks = LiveChunks.of(plan.repacked(), live.movements(), subjects, replicas, keys);
        try (BlockRepack repack = new BlockRepack(
                live.movements(),
                chunks,
                keys.of(source),
                recovery,
                request.compaction().block())) {
            rewrite(source, subjects, replicas, live, plan, Optional.of(repack));
            repacked = repacked.plus(repack.tally());
        }
    }

    private void rewrite(
            SourceId source,
            List<Subject> subjects,
            List<Replica> replicas,
            LiveBlocks live,
            CompactionPlan plan,
            Optional<BlockRepack> repack)
            throws IOException, InterruptedException {
        CompactionRun run = new CompactionRun(replicas, keys.of(source), clock);
        run.begin();
        ArchiveRewrite rewrite = new ArchiveRewrite(live.blocks(), plan, repack, replicas, request, run, progress);
        rewrite.rewrite();
        new NextGenerations(rewrite, live.blocks(), replicas, keys, progress).put(subjects);
        run.end();
        done = new PruneResult.Amount(done.objects() + rewrite.rewritten().size(), done.bytes() + rewrite.bytes());
    }
}
