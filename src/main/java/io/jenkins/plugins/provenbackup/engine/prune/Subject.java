package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.crypto.SourceId;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.ManifestName;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A snapshot over all destinations.
 *
 * @param name of its manifest in the highest generation that is in use anywhere
 * @param source a destination that has that
 * @param generations at each destination that has the snapshot, the manifest that is in use there
 */
record Subject(ManifestName name, Replica source, Map<Replica, ManifestName> generations) {

    /** All destinations that have the snapshot in some generation. */
    Set<Replica> places() {
        return generations.keySet();
    }

    /** Those where an older generation is in use: what put the highest did not get so far, or something was missing there. */
    List<Replica> behind() {
        return generations.entrySet().stream()
                .filter(entry -> entry.getValue().generation() < name.generation())
                .map(Map.Entry::getKey)
                .toList();
    }

    Manifest read(SourceKeys keys) throws IOException {
        return new SnapshotStore(source).read(name, keys.of(name.source()));
    }

    /** By source, oldest first. */
    static Map<SourceId, List<Subject>> of(World world) {
        Map<SnapshotId, Subject> subjects = new HashMap<>();
        for (World.View view : world.views()) {
            Replica replica = view.scan().replica();
            for (References.Current current : view.references().current()) {
                subjects.merge(
                        current.id(),
                        new Subject(current.name(), replica, Map.of(replica, current.name())),
                        Subject::together);
            }
        }
        Map<SourceId, List<Subject>> bySource = new HashMap<>();
        TreeMap<String, Subject> sorted = new TreeMap<>();
        subjects.values().forEach(subject -> sorted.put(subject.name().object(), subject));
        sorted.values()
                .forEach(subject -> bySource.computeIfAbsent(subject.name().source(), id -> new ArrayList<>())
                        .add(subject));
        return bySource;
    }

    private static Subject together(Subject a, Subject b) {
        Map<Replica, ManifestName> generations = new LinkedHashMap<>(a.generations());
        generations.putAll(b.generations());
        Subject best = a.name().generation() >= b.name().generation() ? a : b;
        return new Subject(best.name(), best.source(), Collections.unmodifiableMap(generations));
    }
}
