package io.jenkins.plugins.provenbackup.engine.snapshots;

import com.fasterxml.jackson.jr.ob.JSON;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.catalog.MalformedException;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceId;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.repository.EpochDocuments;
import io.jenkins.plugins.provenbackup.engine.repository.ForgottenRecords;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The newest snapshots that were once seen here, kept outside the repository: whoever controls a destination can take away
 * its newest snapshot, or put back an older state, and nothing in the destination itself would tell. Only a help: without it
 * everything works.
 */
public final class RememberedHeads {

    private final Path file;
    private final List<Head> heads;
    private final int epoch;

    /**
     * A newest snapshot of a source at a destination, as it was seen.
     *
     * @param location the destination
     * @param source of the snapshot
     * @param snapshot which
     * @param sequence its number
     * @param generation its generation
     * @param seen when it was first seen as the newest
     */
    private record Head(
            String location, SourceId source, SnapshotId snapshot, long sequence, int generation, Instant seen) {}

    /**
     * Something that was seen and is not there any more.
     *
     * @param location the destination
     * @param message one sentence for the user
     */
    public record Loss(String location, String message) {}

    private RememberedHeads(Path file, List<Head> heads, int epoch) {
        this.file = file;
        this.heads = List.copyOf(heads);
        this.epoch = epoch;
    }

    /** What is remembered in a file; nothing when there is none, or it makes no sense. */
    public static RememberedHeads read(Path file) {
        try {
            Map<String, Object> document = JSON.std.mapFrom(Files.readString(file));
            List<Head> heads = new ArrayList<>();
            for (Object one : member(document, "heads", List.class)) {
                Map<?, ?> head = (Map<?, ?>) one;
                heads.add(new Head(
                        member(head, "location", String.class),
                        new SourceId(member(head, "source", String.class)),
                        new SnapshotId(member(head, "snapshot", String.class)),
                        member(head, "sequence", Number.class).longValue(),
                        member(head, "generation", Number.class).intValue(),
                        Instant.parse(member(head, "seen", String.class))));
            }
            return new RememberedHeads(
                    file, heads, member(document, "epoch", Number.class).intValue());
        } catch (NoSuchFileException e) {
            return new RememberedHeads(file, List.of(), 0);
        } catch (IOException | ClassCastException | IllegalArgumentException | DateTimeException e) {
            // A cache that cannot be read is a cache that is not there.
            return new RememberedHeads(file, List.of(), 0);
        }
    }

    private static <T> T member(Map<?, ?> document, String name, Class<T> type) {
        Object value = document.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return type.cast(value);
    }

    /** What is remembered but gone from the destinations that were listed. */
    public List<Loss> losses(SnapshotList list, AccessKey key) throws IOException {
        List<Loss> losses = new ArrayList<>();
        for (Head head : lost(list, key)) {
            losses.add(new Loss(
                    head.location(),
                    "snapshot " + head.snapshot().brief() + ", seen at " + head.location() + " on "
                            + head.seen().truncatedTo(ChronoUnit.SECONDS)
                            + ", is gone from there without forget, or was put back to an older state (deleted, or rolled"
                            + " back?). 'recover' may bring it back; to accept the loss, delete " + file));
        }
        if (key.newestEpoch() < epoch) {
            losses.add(new Loss(
                    "",
                    "this key's newest epoch is " + key.newestEpoch() + ", but epoch " + epoch
                            + " was seen here: use a newer key, or somebody put back old key slots"));
        }
        return losses;
    }

    /**
     * Refuses a key from before a rotation, when a newer one was used here: a destination that puts old key slots back would
     * otherwise have new data stored under keys that were taken out of use.
     *
     * @throws RefusedException when it is older
     */
    public void requireCurrent(AccessKey key) throws RefusedException {
        if (key.newestEpoch() < epoch) {
            throw new RefusedException("Epoch " + epoch + " of this repository's keys was used here, and this "
                    + key.kind().label() + " knows only epoch " + key.newestEpoch()
                    + ": it is outdated, or a destination was put back to an older state or missed the rotation. "
                    + EpochDocuments.wayOut(key)
                    + " Where a destination missed it, run 'key rotate' with all of them.");
        }
    }

    /**
     * Remembers that an epoch has begun.
     *
     * @throws IOException when it cannot be written
     */
    public void rememberEpoch(int begun) throws IOException {
        if (begun > epoch) {
            write(heads, begun);
        }
    }

    /**
     * Remembers what is the newest now, and goes on remembering what is lost.
     *
     * @throws IOException when it cannot be written
     */
    public void remember(SnapshotList list, AccessKey key, Instant now) throws IOException {
        List<Head> next = new ArrayList<>(lost(list, key));
        Set<String> listed = list.replicas().stream().map(Replica::location).collect(Collectors.toSet());
        boolean isPartial = key instanceof SourceKey;
        heads.stream()
                .filter(head -> !listed.contains(head.location()) || (isPartial && !covers(key, head.source())))
                .forEach(next::add);
        Map<String, Head> newest = new LinkedHashMap<>();
        for (Snapshot snapshot : list.snapshots()) {
            Manifest manifest = snapshot.manifest();
            snapshot.generations()
                    .forEach((location, generation) -> newest.put(
                            location + "\n" + manifest.sourceId(),
                            new Head(
                                    location,
                                    manifest.sourceId(),
                                    manifest.id(),
                                    manifest.sequence(),
                                    generation,
                                    known(location, manifest.id()).orElse(now))));
        }
        next.addAll(newest.values());
        List<Head> distinct = next.stream().distinct().toList();
        int highest = Math.max(epoch, key.newestEpoch());
        if (!distinct.equals(heads) || highest != epoch) {
            write(distinct, highest);
        }
    }

    /**
     * Remembers a snapshot that was just made, as the newest of its source at these destinations.
     *
     * @throws IOException when it cannot be written
     */
    public void rememberNew(
            SnapshotId snapshot, SourceId source, long sequence, Set<String> locations, int keyEpoch, Instant now)
            throws IOException {
        List<Head> next = new ArrayList<>(heads);
        next.removeIf(head ->
                locations.contains(head.location()) && head.source().equals(source) && head.sequence() == sequence - 1);
        locations.forEach(location -> next.add(new Head(location, source, snapshot, sequence, 0, now)));
        write(next, Math.max(epoch, keyEpoch));
    }

    private Optional<Instant> known(String location, SnapshotId snapshot) {
        return heads.stream()
                .filter(head ->
                        head.location().equals(location) && head.snapshot().equals(snapshot))
                .map(Head::seen)
                .findFirst();
    }

    private List<Head> lost(SnapshotList list, AccessKey key) throws IOException {
        Set<String> listed = list.replicas().stream().map(Replica::location).collect(Collectors.toSet());
        List<Head> lost = new ArrayList<>();
        for (Head head : heads) {
            if (listed.contains(head.location())
                    && covers(key, head.source())
                    && !isThere(head, list)
                    && !isForgotten(head, list, key)) {
                lost.add(head);
            }
        }
        return lost;
    }

    private static boolean covers(AccessKey key, SourceId source) {
        return !(key instanceof SourceKey one) || one.sourceId().equals(source);
    }

    private static boolean isThere(Head head, SnapshotList list) {
        return list.snapshots().stream()
                .filter(snapshot -> snapshot.id().equals(head.snapshot()))
                .anyMatch(snapshot -> snapshot.generations().getOrDefault(head.location(), -1) >= head.generation());
    }

    private static boolean isForgotten(Head head, SnapshotList list, AccessKey key) throws IOException {
        if (!list.forgotten().contains(head.snapshot())) {
            return false;
        }
        try (SourceKey sourceKey = key.sourceKey(head.source()).orElseThrow()) {
            for (Replica replica : list.replicas()) {
                try {
                    new ForgottenRecords(replica).read(head.snapshot(), sourceKey);
                    return true;
                } catch (StorageException.Missing | CryptoException | MalformedException e) {
                    // Another destination may have an authentic one.
                }
            }
        }
        return false;
    }

    private void write(List<Head> next, int highest) throws IOException {
        List<Map<String, Object>> list = new ArrayList<>();
        for (Head head : next) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("location", head.location());
            json.put("source", head.source().hex());
            json.put("snapshot", head.snapshot().hex());
            json.put("sequence", head.sequence());
            json.put("generation", head.generation());
            json.put("seen", head.seen().toString());
            list.add(json);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("epoch", highest);
        document.put("heads", list);
        Path folder = Objects.requireNonNull(file.getParent());
        Files.createDirectories(folder);
        Path temporary = Files.createTempFile(folder, ".seen", ".tmp");
        try {
            Files.writeString(temporary, JSON.std.asString(document));
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
