package io.jenkins.plugins.provenbackup.engine.repository;

import io.jenkins.plugins.provenbackup.engine.catalog.MalformedException;
import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceId;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The runs at one destination. */
public final class RunStore {

    /** For how long after its newest object an unfinished run's checkpoints are used. */
    static final Duration USEFUL = Duration.ofDays(7);

    private final Replica replica;

    public RunStore(Replica replica) {
        this.replica = replica;
    }

    /**
     * The checkpoints of a run that wrote no manifest.
     *
     * @param run which
     * @param checkpoints in order, as far as they are intact
     */
    public record Unfinished(RunId run, List<Checkpoint> checkpoints) {}

    /** Puts a heartbeat or checkpoint. */
    public void put(Checkpoint checkpoint, SourceKey key) throws IOException {
        put(checkpoint.run(), checkpoint.number(), checkpoint.encode(key));
    }

    void put(RunId run, int number, byte[] object) throws StorageException {
        replica.storage().put(Layout.runObject(run, number), new BytesPayload(object));
    }

    /**
     * The source's runs that may still be of use, newest first.
     *
     * @param finished runs that a manifest names
     * @param now the present, by the clock that the destination's time stamps are compared with
     */
    public List<Unfinished> unfinished(SourceKey key, Set<RunId> finished, Instant now) throws IOException {
        Map<String, List<StoredObject>> runs = new TreeMap<>();
        for (StoredObject object : replica.storage().list(Layout.RUNS)) {
            String[] parts = object.name().split("/", -1);
            if (parts.length == 3 && parts[1].matches("[0-9a-f]{32}") && parts[2].matches("[0-9]{8}")) {
                runs.computeIfAbsent(parts[1], run -> new ArrayList<>()).add(object);
            }
        }
        List<List<StoredObject>> useful = new ArrayList<>();
        runs.forEach((run, objects) -> {
            if (objects.size() > 1
                    && !finished.contains(new RunId(run))
                    && newest(objects).isAfter(now.minus(USEFUL))) {
                useful.add(objects);
            }
        });
        useful.sort(Comparator.comparing(RunStore::newest).reversed());
        List<Unfinished> unfinished = new ArrayList<>();
        for (List<StoredObject> objects : useful) {
            load(objects, key).ifPresent(unfinished::add);
        }
        return unfinished;
    }

    private static Instant newest(List<StoredObject> objects) {
        return objects.stream()
                .map(StoredObject::modified)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    /** Checkpoints up to the first that is missing or damaged: later ones may rest on it. */
    private Optional<Unfinished> load(List<StoredObject> objects, SourceKey key) throws IOException {
        objects.sort(Comparator.comparing(StoredObject::name));
        List<Checkpoint> checkpoints = new ArrayList<>();
        for (StoredObject object : objects) {
            try {
                byte[] content = replica.read(object.name());
                String name = replica.name(object.name());
                if (checkpoints.isEmpty() && !isOf(key.sourceId(), content, name)) {
                    return Optional.empty();
                }
                Checkpoint checkpoint = Checkpoint.decode(content, name, key);
                if (!object.name().equals(Layout.runObject(checkpoint.run(), checkpoints.size()))
                        || checkpoint.number() != checkpoints.size()) {
                    break;
                }
                checkpoints.add(checkpoint);
            } catch (CryptoException | MalformedException | StorageException.Missing e) {
                // A torn or foreign checkpoint only means that less can be reused.
                break;
            }
        }
        return checkpoints.size() < 2
                ? Optional.empty()
                : Optional.of(new Unfinished(checkpoints.get(0).run(), checkpoints));
    }

    private static boolean isOf(SourceId source, byte[] content, String name) throws IOException {
        return Checkpoint.Header.decode(content, name).common().sourceId().equals(source);
    }
}
