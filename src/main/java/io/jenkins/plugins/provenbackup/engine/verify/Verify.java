package io.jenkins.plugins.provenbackup.engine.verify;

import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.repository.ForgottenRecords;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Verifies destinations, each by itself and then against each other. */
public final class Verify {

    private final VerifyRequest request;
    private final ProgressListener progress;
    private final Clock clock;
    private final List<VerifyResult.Finding> findings = new ArrayList<>();

    private Verify(VerifyRequest request, ProgressListener progress, Clock clock) {
        this.request = request;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * Runs a verification. Damage is a finding, not an exception.
     *
     * @throws IOException when a destination cannot be read at all, or the key does not suffice for the level
     * @throws InterruptedException when the thread was interrupted
     */
    public static VerifyResult run(VerifyRequest request, ProgressListener progress, Clock clock)
            throws IOException, InterruptedException {
        return new Verify(request, progress, clock).run();
    }

    private VerifyResult run() throws IOException, InterruptedException {
        long start = System.nanoTime();
        progress.phase(ProgressListener.Phase.CHECKING);
        List<VerifyResult.Destination> destinations = new ArrayList<>();
        findings.addAll(KeyVerification.run(request));
        for (Replica replica : request.replicas()) {
            ReplicaVerification verification = new ReplicaVerification(replica, request, progress, clock);
            destinations.add(verification.verify());
            findings.addAll(verification.findings());
        }
        if (request.snapshots().isEmpty()) {
            compare();
        }
        return new VerifyResult(request.level(), destinations, findings, Duration.ofNanos(System.nanoTime() - start));
    }

    /** A snapshot that others name as predecessor, or that another destination has, must be somewhere, or forgotten. */
    private void compare() throws IOException {
        Map<Replica, Set<SnapshotId>> present = new LinkedHashMap<>();
        Set<SnapshotId> anywhere = new LinkedHashSet<>();
        Set<SnapshotId> forgotten = new HashSet<>();
        Map<SnapshotId, String> named = new LinkedHashMap<>();
        AccessKey key = request.key();
        for (Replica replica : request.replicas()) {
            Set<SnapshotId> here = new LinkedHashSet<>();
            for (Manifest manifest : new SnapshotStore(replica).load(key).manifests()) {
                here.add(manifest.id());
                manifest.predecessors().forEach(id -> named.putIfAbsent(id, Layout.snapshots(manifest.sourceId())));
            }
            present.put(replica, here);
            anywhere.addAll(here);
            forgotten.addAll(new ForgottenRecords(replica).list());
        }
        present.forEach((replica, here) -> {
            for (SnapshotId id : anywhere) {
                if (!here.contains(id) && !forgotten.contains(id)) {
                    find(
                            replica,
                            id,
                            VerifyResult.Kind.LAGGING,
                            "lacks snapshot " + id.brief()
                                    + ", which another destination has. New snapshots go there again; this one stays where it is.");
                }
            }
        });
        named.forEach((id, folder) -> {
            if (!anywhere.contains(id) && !forgotten.contains(id)) {
                Replica first = request.replicas().get(0);
                findings.add(new VerifyResult.Finding(
                        first.location(),
                        folder,
                        VerifyResult.Kind.REMOVED,
                        "Snapshot " + id.brief() + " was removed without 'forget': a later snapshot names it, but no"
                                + " destination has it or a record of its removal. Ask who has access to the storage;"
                                + " 'recover' may bring it back.",
                        VerifyResult.Mended.NO));
            }
        });
    }

    private void find(Replica replica, SnapshotId id, VerifyResult.Kind kind, String what) {
        findings.add(new VerifyResult.Finding(
                replica.location(), id.hex(), kind, replica.location() + " " + what, VerifyResult.Mended.NO));
    }
}
