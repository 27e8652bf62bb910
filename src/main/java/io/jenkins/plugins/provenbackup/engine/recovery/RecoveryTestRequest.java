package io.jenkins.plugins.provenbackup.engine.recovery;

import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.transfer.StreamKeys;
import java.nio.file.Path;
import java.util.List;

/**
 * What to prove.
 *
 * @param manifest the snapshot
 * @param key of its source
 * @param streamKeys open its content
 * @param from where to read, the preferred one first
 * @param recordAt where the result is kept
 * @param scratch a directory in which a new one is made for the test, and deleted whatever happens
 * @param checks what the tree must be good for, in this order
 * @param by who tests, as user@host
 */
public record RecoveryTestRequest(
        Manifest manifest,
        SourceKey key,
        StreamKeys streamKeys,
        List<Replica> from,
        List<Replica> recordAt,
        Path scratch,
        List<RecoveryCheck> checks,
        String by) {

    public RecoveryTestRequest {
        from = List.copyOf(from);
        recordAt = List.copyOf(recordAt);
        checks = List.copyOf(checks);
    }
}
