package io.jenkins.plugins.provenbackup.engine.snapshots;

import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Forgets at one destination of a policy what the policy does not keep there; other sources are left alone. */
public final class ForgetByPolicy {

    private ForgetByPolicy() {}

    /**
     * Runs it.
     *
     * @param replica the destination, opened
     * @param key of every source of the policy
     * @param by who asks, as user@host
     * @throws IOException as {@link Forget#run} does
     */
    public static ForgetResult run(
            Policy policy,
            Policy.Destination destination,
            Replica replica,
            AccessKey key,
            String by,
            ForgetRequest.Mode mode,
            Clock clock)
            throws IOException {
        Set<String> sources = policy.sources().stream().map(Policy.Source::name).collect(Collectors.toSet());
        SnapshotList list = ListSnapshots.run(List.of(replica), key);
        List<Snapshot> fulls = policy.backups().keepsNewestFull() ? newestFulls(list, sources) : List.of();
        List<Snapshot> considered = list.snapshots().stream()
                .filter(snapshot -> sources.contains(snapshot.manifest().source()) && !fulls.contains(snapshot))
                .toList();
        ForgetResult result = Forget.run(
                new ForgetRequest(
                        list,
                        considered,
                        Set.of(),
                        destination.retention(),
                        policy.backups().zone(),
                        key,
                        by,
                        mode),
                clock);
        List<ForgetResult.Decision> decisions = new ArrayList<>(result.decisions());
        fulls.forEach(full -> decisions.add(new ForgetResult.Decision(full, List.of("newest full one"))));
        return new ForgetResult(decisions, result.failures());
    }

    private static List<Snapshot> newestFulls(SnapshotList list, Set<String> sources) {
        List<Snapshot> newest = new ArrayList<>();
        for (String source : sources) {
            list.of(source).stream()
                    .filter(snapshot -> snapshot.manifest().kind() == SnapshotKind.FULL)
                    .reduce((before, after) -> after)
                    .ifPresent(newest::add);
        }
        return newest;
    }
}
