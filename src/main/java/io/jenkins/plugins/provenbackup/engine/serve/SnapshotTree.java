package io.jenkins.plugins.provenbackup.engine.serve;

import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.Entry;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.catalog.PrintableName;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.snapshots.ListSnapshots;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The tree that is served: a folder for each source, in it one for each snapshot, in it what was backed up. Thread-safe. */
final class SnapshotTree {

    private static final Duration LISTED_EVERY = Duration.ofSeconds(15);
    private static final int LONGEST_NAME = 200;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final List<Replica> replicas;
    private final RecoveryKey key;
    private final OpenSnapshots open;
    private final Clock clock;
    private Map<ByteString, Map<ByteString, Manifest>> sources = Map.of();
    private Instant listed = Instant.MIN;

    SnapshotTree(List<Replica> replicas, RecoveryKey key, OpenSnapshots open, Clock clock) {
        this.replicas = List.copyOf(replicas);
        this.key = key;
        this.open = open;
        this.clock = clock;
    }

    /** What is at a path. */
    Optional<Resource> find(List<ByteString> path) throws IOException {
        Map<ByteString, Map<ByteString, Manifest>> all = sources(path.size());
        if (path.isEmpty()) {
            return Optional.of(new Resource.Folder(ByteString.EMPTY, newest(all), taker -> {
                for (Map.Entry<ByteString, Map<ByteString, Manifest>> source : all.entrySet()) {
                    taker.take(source(source.getKey(), source.getValue()));
                }
            }));
        }
        Map<ByteString, Manifest> snapshots = all.getOrDefault(path.get(0), Map.of());
        if (path.size() == 1) {
            return snapshots.isEmpty() ? Optional.empty() : Optional.of(source(path.get(0), snapshots));
        }
        Manifest manifest = snapshots.get(path.get(1));
        if (manifest == null) {
            return Optional.empty();
        }
        if (path.size() == 2) {
            return Optional.of(snapshot(path.get(1), manifest));
        }
        EntryPath within = EntryPath.ROOT;
        for (ByteString part : path.subList(2, path.size())) {
            if (within.length() + part.length() >= EntryPath.MAX_LENGTH) {
                return Optional.empty();
            }
            within = within.child(part.toByteArray());
        }
        return open.find(manifest, within).map(entry -> resource(manifest, entry));
    }

    private Resource.Folder source(ByteString name, Map<ByteString, Manifest> snapshots) {
        return new Resource.Folder(name, newest(Map.of(name, snapshots)), taker -> {
            for (Map.Entry<ByteString, Manifest> one : snapshots.entrySet()) {
                taker.take(snapshot(one.getKey(), one.getValue()));
            }
        });
    }

    private Resource.Folder snapshot(ByteString name, Manifest manifest) {
        return new Resource.Folder(name, manifest.start(), children(manifest, EntryPath.ROOT));
    }

    private Resource resource(Manifest manifest, Entry entry) {
        Node node = entry.node();
        ByteString name = ByteString.of(node.path().name());
        Instant modified = node.metadata().mtime();
        if (node.type() == EntryType.DIRECTORY) {
            return new Resource.Folder(name, modified, children(manifest, node.path()));
        }
        String tag = manifest.id().brief() + "-"
                + ObjectHash.ofContent(node.path().toByteArray()).toString().substring(0, 32);
        if (node.type() == EntryType.SYMLINK) {
            byte[] target = node.linkTarget().toByteArray();
            return new Resource.File(
                    name,
                    modified,
                    target.length,
                    tag,
                    Resource.Kind.SYMLINK,
                    (from, to, out) -> out.write(target, (int) from, (int) (to - from)));
        }
        return new Resource.File(
                name,
                modified,
                node.size(),
                tag,
                Resource.Kind.REGULAR,
                (from, to, out) -> open.write(manifest, entry, from, to, out));
    }

    private Resource.Children children(Manifest manifest, EntryPath directory) {
        return taker -> open.children(manifest, directory, entry -> taker.take(resource(manifest, entry)));
    }

    /** Looks for new snapshots now and then, when somebody looks at the folders of snapshots. */
    private synchronized Map<ByteString, Map<ByteString, Manifest>> sources(int depth) throws IOException {
        Instant now = clock.instant();
        boolean old = listed.equals(Instant.MIN) || now.isAfter(listed.plus(LISTED_EVERY));
        if (sources.isEmpty() || depth <= 1 && old) {
            sources = list();
            listed = now;
        }
        return sources;
    }

    private Map<ByteString, Map<ByteString, Manifest>> list() throws IOException {
        Map<ByteString, Map<ByteString, Manifest>> all = new LinkedHashMap<>();
        Map<String, ByteString> names = new LinkedHashMap<>();
        for (Snapshot snapshot : ListSnapshots.run(replicas, key).snapshots()) {
            Manifest manifest = snapshot.manifest();
            ByteString folder = names.computeIfAbsent(manifest.source(), source -> {
                ByteString name = folderOf(source);
                return all.containsKey(name)
                        ? ByteString.utf8(name + "-" + manifest.sourceId().hex())
                        : name;
            });
            ByteString name = ByteString.utf8(
                    TIME.format(manifest.start()) + "-" + manifest.id().brief());
            all.computeIfAbsent(folder, unused -> new LinkedHashMap<>()).put(name, manifest);
        }
        return all;
    }

    /** A source's name as one folder's. */
    private static ByteString folderOf(String source) {
        String plain = source.replaceAll("[/\\\\\\p{Cntrl}]+", "_");
        byte[] bytes = plain.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST_NAME) {
            String hash = ObjectHash.ofContent(bytes).toString().substring(0, 8);
            plain = PrintableName.of(Arrays.copyOf(bytes, LONGEST_NAME)).replace('\\', '_') + "-" + hash;
        }
        boolean special = plain.isEmpty() || plain.equals(".") || plain.equals("..");
        return ByteString.utf8(special ? "_" + plain : plain);
    }

    private static Instant newest(Map<ByteString, Map<ByteString, Manifest>> sources) {
        return sources.values().stream()
                .flatMap(snapshots -> snapshots.values().stream())
                .map(Manifest::start)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }
}
