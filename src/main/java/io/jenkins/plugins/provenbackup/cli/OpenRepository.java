package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.snapshots.ListSnapshots;
import io.jenkins.plugins.provenbackup.engine.snapshots.RememberedHeads;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import io.jenkins.plugins.provenbackup.engine.snapshots.SnapshotList;
import io.jenkins.plugins.provenbackup.engine.snapshots.SnapshotSelector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Destinations that were opened, and a key that fits them. */
final class OpenRepository implements AutoCloseable {

    private final Context context;
    private Destinations destinations;
    private final AccessKey key;
    private List<RememberedHeads.Loss> losses = List.of();

    OpenRepository(Context context, Destinations destinations, AccessKey key) {
        this.context = context;
        this.destinations = destinations;
        this.key = key;
    }

    /** Uses destinations, by the name under which they counted as not reached; they are closed with the others. */
    void use(Map<String, Replica> mended) {
        List<Replica> reached = new ArrayList<>(destinations.reached());
        reached.addAll(mended.values());
        Map<String, String> unreachable = new LinkedHashMap<>(destinations.unreachable());
        unreachable.keySet().removeAll(mended.keySet());
        destinations = new Destinations(reached, unreachable);
    }

    Destinations destinations() {
        return destinations;
    }

    AccessKey key() {
        return key;
    }

    List<Replica> replicas() {
        return destinations.reached();
    }

    /** What earlier commands saw and the last listing did not. */
    List<RememberedHeads.Loss> losses() {
        return losses;
    }

    /** What earlier commands saw and is still not there, after something was mended. */
    List<RememberedHeads.Loss> lossesNow() throws IOException {
        Optional<Path> memory = memory();
        return memory.isPresent()
                ? RememberedHeads.read(memory.get()).losses(ListSnapshots.run(replicas(), key), key)
                : List.of();
    }

    /** All snapshots; what is wrong with the list is warned of. */
    SnapshotList snapshots() throws IOException {
        SnapshotList list = ListSnapshots.run(replicas(), key);
        Output output = context.output();
        list.broken().forEach(broken -> output.warning("a manifest cannot be used: " + broken.problem()));
        list.removed()
                .forEach(removed -> output.warning("snapshot " + removed.id().brief() + " of "
                        + Plain.text(removed.source()) + ", which "
                        + removed.follower().brief()
                        + " followed on, was removed without forget"));
        Optional<Path> memory = memory();
        if (memory.isPresent()) {
            RememberedHeads heads = RememberedHeads.read(memory.get());
            losses = heads.losses(list, key);
            losses.forEach(loss -> output.warning(loss.message()));
            try {
                heads.remember(list, key, context.clock().instant());
            } catch (IOException e) {
                output.notice("cannot remember what was seen: " + Messages.of(e));
            }
        }
        return list;
    }

    /** Remembers what a backup made, so that its loss would be told of. */
    void remember(BackupResult result, SourceKey source) {
        Set<String> locations = result.destinations().stream()
                .filter(one -> one.state() == BackupResult.State.COMPLETE)
                .map(BackupResult.Destination::location)
                .collect(Collectors.toSet());
        if (result.snapshot().isEmpty() || memory().isEmpty()) {
            return;
        }
        try {
            RememberedHeads.read(memory().get())
                    .rememberNew(
                            result.snapshot().get(),
                            source.sourceId(),
                            result.sequence(),
                            locations,
                            key.newestEpoch(),
                            context.clock().instant());
        } catch (IOException e) {
            context.output().notice("cannot remember what was made: " + Messages.of(e));
        }
    }

    /** The snapshot that a person means. */
    Snapshot snapshot(String text) throws IOException {
        SnapshotSelector selector = SnapshotSelector.parse(text);
        return selector.in(snapshots());
    }

    /** Refuses to write with a key that is older than one that was used here. */
    void requireCurrentKey() throws IOException {
        Optional<Path> memory = memory();
        if (memory.isPresent()) {
            RememberedHeads.read(memory.get()).requireCurrent(key);
        }
    }

    /** Remembers that an epoch of keys has begun. */
    void rememberEpoch(int epoch) {
        Optional<Path> memory = memory();
        try {
            if (memory.isPresent()) {
                RememberedHeads.read(memory.get()).rememberEpoch(epoch);
            }
        } catch (IOException e) {
            context.output().notice("cannot remember the new epoch: " + Messages.of(e));
        }
    }

    /** Where it is remembered what was seen of this repository. */
    Optional<Path> memory() {
        return context.memory(destinations.id()).map(folder -> folder.resolve("seen"));
    }

    @Override
    public void close() {
        key.close();
        destinations.close();
    }
}
