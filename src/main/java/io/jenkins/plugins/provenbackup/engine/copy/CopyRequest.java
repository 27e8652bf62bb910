package io.jenkins.plugins.provenbackup.engine.copy;

import io.jenkins.plugins.provenbackup.engine.backup.BackupRequest;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import io.jenkins.plugins.provenbackup.engine.transfer.StreamKeys;
import java.util.List;
import java.util.Map;

/**
 * Which snapshots go from one repository into another.
 *
 * @param snapshots in the order in which they are copied, older before newer
 * @param from where they are
 * @param fromKey of their sources
 * @param streamKeys open their content
 * @param to destinations of the other repository, opened and verified
 * @param unreachable destinations that were asked for but could not be opened, with the reason
 * @param toKey writes there
 * @param mode whether anything is written
 */
public record CopyRequest(
        List<Snapshot> snapshots,
        List<Replica> from,
        AccessKey fromKey,
        StreamKeys streamKeys,
        List<Replica> to,
        Map<String, String> unreachable,
        AccessKey toKey,
        BackupRequest.Mode mode) {

    public CopyRequest {
        snapshots = List.copyOf(snapshots);
        from = List.copyOf(from);
        to = List.copyOf(to);
        unreachable = Map.copyOf(unreachable);
    }
}
