package io.jenkins.plugins.provenbackup.engine.verify;

import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.replicate.Forgotten;
import io.jenkins.plugins.provenbackup.engine.replicate.Replicate;
import io.jenkins.plugins.provenbackup.engine.replicate.ReplicateRequest;
import io.jenkins.plugins.provenbackup.engine.replicate.ReplicateResult;
import io.jenkins.plugins.provenbackup.engine.replicate.Selection;
import io.jenkins.plugins.provenbackup.engine.replicate.Target;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Verifies destinations against each other: what one has and another lacks, and what none has any more. */
final class Comparison {

    private final VerifyRequest request;
    private final List<VerifyResult.Finding> findings = new ArrayList<>();

    Comparison(VerifyRequest request) {
        this.request = request;
    }

    /** Compares; what a destination lacks is copied there when a repair was asked for. */
    List<VerifyResult.Finding> run(Map<Replica, List<Manifest>> manifests) throws IOException, InterruptedException {
        if (request.replicas().size() > 1) {
            for (Replica replica : request.replicas()) {
                findLagging(replica);
            }
        }
        findRemoved(manifests);
        return findings;
    }

    private void findLagging(Replica replica) throws InterruptedException {
        boolean repairs = request.repair() == VerifyRequest.Repair.FROM_OTHERS;
        List<Replica> others =
                request.replicas().stream().filter(other -> other != replica).toList();
        Selection selection =
                request.key() instanceof SourceKey source ? Selection.of(source.sourceId()) : Selection.ALL;
        ReplicateResult result;
        try {
            result = Replicate.run(
                    new ReplicateRequest(
                            others,
                            Target.of(replica),
                            Optional.of(request.key()),
                            selection,
                            ReplicateRequest.Records.ALL,
                            repairs ? ReplicateRequest.Mode.WRITE : ReplicateRequest.Mode.DRY_RUN,
                            Optional.empty()),
                    ProgressListener.NONE);
        } catch (RefusedException e) {
            throw new IllegalStateException("no snapshot was named", e);
        }
        String where = replica.location();
        VerifyResult.Mended mended = repairs ? VerifyResult.Mended.YES : VerifyResult.Mended.NO;
        String advice = repairs
                ? " It was copied there."
                : " The next backup, 'replicate' or 'verify --repair' copies it there.";
        for (SnapshotId id : result.snapshots()) {
            find(
                    where,
                    id.hex(),
                    " lacks snapshot " + id.brief() + ", which another destination has." + advice,
                    mended);
        }
        for (String record : result.records()) {
            find(where, record, " lacks " + record + ", which another destination has." + advice, mended);
        }
        if (result.state() == ReplicateResult.State.FAILED) {
            find(
                    where,
                    Layout.SNAPSHOTS,
                    " could not be brought what other destinations have: " + result.reason(),
                    VerifyResult.Mended.NO);
        }
        if (repairs) {
            result.left()
                    .forEach(left ->
                            find(where, left.object(), " goes on lagging: " + left.message(), VerifyResult.Mended.NO));
        }
    }

    private void find(String location, String object, String what, VerifyResult.Mended mended) {
        findings.add(new VerifyResult.Finding(location, object, VerifyResult.Kind.LAGGING, location + what, mended));
    }

    /** A snapshot that others name as predecessor must be somewhere, or forgotten by somebody with the key. */
    private void findRemoved(Map<Replica, List<Manifest>> manifests) throws IOException {
        Set<SnapshotId> anywhere = new LinkedHashSet<>();
        Map<SnapshotId, Manifest> named = new LinkedHashMap<>();
        manifests
                .values()
                .forEach(here -> here.forEach(manifest -> {
                    anywhere.add(manifest.id());
                    manifest.predecessors().forEach(id -> named.putIfAbsent(id, manifest));
                }));
        named.keySet().removeAll(anywhere);
        if (named.isEmpty()) {
            return;
        }
        Forgotten forgotten = new Forgotten(request.replicas(), Optional.of(request.key()));
        for (Map.Entry<SnapshotId, Manifest> entry : named.entrySet()) {
            if (!forgotten.has(entry.getKey(), entry.getValue().sourceId())) {
                findings.add(new VerifyResult.Finding(
                        request.replicas().get(0).location(),
                        Layout.snapshots(entry.getValue().sourceId()),
                        VerifyResult.Kind.REMOVED,
                        "Snapshot " + entry.getKey().brief()
                                + " was removed without 'forget': a later snapshot names it,"
                                + " but no destination has it or an authentic record of its removal. Ask who has access to"
                                + " the storage; 'recover' may bring it back.",
                        VerifyResult.Mended.NO));
            }
        }
    }
}
