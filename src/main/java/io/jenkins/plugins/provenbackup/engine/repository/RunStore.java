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

    /**
     * A run as a listing shows it.
     *
     * @param run which
     * @param objects names of its objects, by number
     * @param newestNumber number of its newest object
     * @param begun time stamp of its oldest object; {@link Instant#EPOCH} where the destination has none
     * @param newest the latest of its time stamps
     */
    public record Seen(RunId run, List<String> objects, int newestNumber, Instant begun, Instant newest) {
        public Seen {
            objects = List.copyOf(objects);
        }
    }

    /** All runs; nothing is opened. */
    public List<Seen> list() throws StorageException {
        List<Seen> seen = new ArrayList<>();
        byRun().forEach((run, objects) -> {
            objects.sort(Comparator.comparing(StoredObject::name));
            String last = objects.get(objects.size() - 1).name();
            seen.add(new Seen(
                    new RunId(run),
                    objects.stream().map(StoredObject::name).toList(),
                    Integer.parseInt(last.substring(last.lastIndexOf('/') + 1)),
                    objects.stream()
                            .map(StoredObject::modified)
                            .min(Comparator.naturalOrder())
                            .orElse(Instant.EPOCH),
                    newest(objects)));
        });
        return seen;
    }

    /**
     * The archives that a run's checkpoints name, as their plain headers tell.
     *
     * @throws IOException when one cannot be read, so that nobody knows what it names
     */
    public List<ObjectRef> archives(Seen run) throws IOException {
        List<ObjectRef> archives = new ArrayList<>();
        for (String object : run.objects()) {
            Optional<byte[]> content = replica.find(object);
            if (content.isPresent()) {
                archives.addAll(Checkpoint.Header.decode(content.get(), replica.name(object))
                        .archives());
            }
        }
        return archives;
    }

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
        Map<String, List<StoredObject>> runs = byRun();
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

    private Map<String, List<StoredObject>> byRun() throws StorageException {
        Map<String, List<StoredObject>> runs = new TreeMap<>();
        for (StoredObject object : replica.storage().list(Layout.RUNS)) {
            String[] parts = object.name().split("/", -1);
            if (parts.length == 3 && parts[1].matches("[0-9a-f]{32}") && parts[2].matches("[0-9]{8}")) {
                runs.computeIfAbsent(parts[1], run -> new ArrayList<>()).add(object);
            }
        }
        return runs;
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
