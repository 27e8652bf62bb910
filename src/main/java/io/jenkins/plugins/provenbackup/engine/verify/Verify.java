package io.jenkins.plugins.provenbackup.engine.verify;

import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        Map<Replica, List<Manifest>> manifests = new LinkedHashMap<>();
        for (Replica replica : request.replicas()) {
            ReplicaVerification verification = new ReplicaVerification(replica, request, progress, clock);
            destinations.add(verification.verify());
            findings.addAll(verification.findings());
            manifests.put(replica, verification.manifests());
        }
        findings.addAll(new LostContents(request)
                .of(findings, manifests.values().stream().flatMap(List::stream).toList()));
        if (request.snapshots().isEmpty()) {
            findings.addAll(new Comparison(request).run(manifests));
        }
        return new VerifyResult(request.level(), destinations, findings, Duration.ofNanos(System.nanoTime() - start));
    }
}
