package io.jenkins.plugins.provenbackup.engine.snapshots;

import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;

/** Gives a snapshot other tags: the manifest's next generation, at every destination that has the snapshot. */
public final class Tag {

    private Tag() {}

    /**
     * What was done.
     *
     * @param manifest the new generation; the old one where nothing changes
     * @param failures destinations that still have the old tags, with the reason
     */
    public record Result(Manifest manifest, Map<String, String> failures) {}

    /**
     * Sets all tags of a snapshot.
     *
     * @throws IOException when no destination took them
     */
    public static Result run(Snapshot snapshot, SortedMap<String, String> tags, AccessKey key) throws IOException {
        Manifest old = snapshot.manifest();
        if (old.tags().equals(tags)) {
            return new Result(old, Map.of());
        }
        Manifest manifest = old.withTags(tags);
        Map<String, String> failures = new LinkedHashMap<>();
        IOException last = null;
        int done = 0;
        try (SourceKey sourceKey = key.sourceKey(old.sourceId()).orElseThrow()) {
            byte[] object = manifest.encode(sourceKey);
            for (Replica replica : snapshot.replicas()) {
                try {
                    new SnapshotStore(replica).put(manifest, object);
                    done++;
                } catch (IOException e) {
                    failures.put(replica.location(), e.getMessage());
                    last = e;
                }
            }
        }
        if (done == 0 && last != null) {
            throw last;
        }
        return new Result(manifest, failures);
    }
}
