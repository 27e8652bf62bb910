package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceId;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import java.util.HashMap;
import java.util.Map;

/** The keys of all sources that were met. For one thread. */
final class SourceKeys implements AutoCloseable {

    private final AccessKey key;
    private final Map<SourceId, SourceKey> keys = new HashMap<>();

    SourceKeys(AccessKey key) {
        this.key = key;
    }

    AccessKey all() {
        return key;
    }

    SourceKey of(SourceId source) {
        return keys.computeIfAbsent(source, id -> key.sourceKey(id).orElseThrow());
    }

    @Override
    public void close() {
        keys.values().forEach(SourceKey::close);
    }
}
