package io.jenkins.plugins.provenbackup.engine.repository;

import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What prunes put at one destination. */
public final class PruneRecords {

    private final Replica replica;

    public PruneRecords(Replica replica) {
        this.replica = replica;
    }

    /**
     * A record that is there.
     *
     * @param name of the object
     * @param modified the destination's time stamp; {@link Instant#EPOCH} where it has none
     * @param record what it says
     */
    public record Listed(String name, Instant modified, PruneRecord record) {}

    /**
     * All records, oldest first.
     *
     * @throws IOException when one cannot be read, so that nobody knows what is condemned
     */
    public List<Listed> list() throws IOException {
        List<Listed> listed = new ArrayList<>();
        for (StoredObject object : replica.storage().list(Layout.PRUNES)) {
            Optional<byte[]> content = replica.find(object.name());
            if (content.isPresent()) {
                PruneRecord record = PruneRecord.decode(content.get(), replica.name(object.name()));
                listed.add(new Listed(object.name(), object.modified(), record));
            }
        }
        listed.sort(Comparator.comparing(Listed::modified).thenComparing(Listed::name));
        return listed;
    }

    /** Puts a record under a new name, which it returns. */
    public String put(PruneRecord record) throws IOException {
        String name = Layout.prune(RunId.random().hex());
        replica.storage().put(name, new BytesPayload(record.encode()));
        return name;
    }

    /** Takes a record away. */
    public void delete(String name) throws StorageException {
        replica.storage().delete(name);
    }
}
