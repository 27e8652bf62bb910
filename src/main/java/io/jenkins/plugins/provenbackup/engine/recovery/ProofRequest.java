package io.jenkins.plugins.provenbackup.engine.recovery;

import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.transfer.StreamKeys;
import java.util.List;

/**
 * What to restore and compare.
 *
 * @param manifest the snapshot
 * @param key of its source
 * @param streamKeys open its content
 * @param from where to read, the preferred one first
 */
public record ProofRequest(Manifest manifest, SourceKey key, StreamKeys streamKeys, List<Replica> from) {

    public ProofRequest {
        from = List.copyOf(from);
    }
}
