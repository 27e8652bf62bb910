package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.catalog.ChangeRule;
import io.jenkins.plugins.provenbackup.engine.policy.RetentionRules;
import io.jenkins.plugins.provenbackup.engine.prune.PruneRequest;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.source.FileTreeSource;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.StampedStorage;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory;
import io.jenkins.plugins.provenbackup.engine.storage.sftp.OpenSshServer;
import io.jenkins.plugins.provenbackup.engine.target.Overwrite;
import io.jenkins.plugins.provenbackup.engine.target.Unlisted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Days of hourly backups to a directory and to an SFTP server, thinned out and pruned every day. */
class HourlyBackupsIT {

    /** Four days; the whole month takes long: {@code -Dprovenbackup.hours=720}. */
    private static final int HOURS = Integer.getInteger("provenbackup.hours", 96);

    /** What the repository may take of what a new one with the same snapshots takes. */
    private static final double PRUNED = 1.4;

    private static final double REPACKED = 1.2;

    private static final RetentionRules RULES = new RetentionRules(0, 24, 7, 4, 0, 0, Optional.empty());

    @TempDir
    private Path temp;

    private final ManualClock clock = new ManualClock();
    private final Random random = new Random(Long.getLong("provenbackup.seed", 720));
    private final List<Path> files = new ArrayList<>();
    private final Map<SnapshotId, Map<String, String>> trees = new HashMap<>();
    private Path tree;
    private int named;

    @Test
    void everyKeptSnapshotIsTheTreeThatItWasTakenFromAndSpaceStaysInBounds() throws Exception {
        tree = Files.createDirectory(temp.resolve("tree"));
        Files.createDirectory(temp.resolve("spool"));
        for (int i = 0; i < 150; i++) {
            create();
        }
        try (OpenSshServer server = OpenSshServer.start(Files.createDirectory(temp.resolve("ssh")));
                Laboratory laboratory = Laboratory.at(List.of(
                        StampedStorage.over(Laboratory.local(temp.resolve("a")), clock),
                        StampedStorage.over(
                                StorageFactory.open(
                                        server.location(temp.resolve("b")), server.options(), OpenMode.CREATE),
                                clock)))) {
            laboratory.clock(clock);
            Gardener gardener = new Gardener(laboratory, clock, temp.resolve("spool"));
            for (int hour = 1; hour <= HOURS; hour++) {
                clock.advance(Duration.ofHours(1));
                edit();
                SnapshotId id = laboratory
                        .backup(tree, SnapshotKind.INCREMENTAL)
                        .snapshot()
                        .orElseThrow();
                trees.put(id, fingerprint(tree));
                if (hour % 24 == 0) {
                    tend(gardener);
                }
            }
            for (int i = 0; i < 3; i++) {
                clock.advance(Duration.ofDays(1));
                gardener.prune(gardener.request(PruneRequest.Compacting.STANDARD));
            }
            List<Manifest> kept = newest(laboratory);
            assertThat(kept.size()).isBetween(27, 35);
            long fresh = restoreAndStoreAnew(laboratory, kept, "fresh");
            requireSpace(laboratory, fresh, PRUNED);
            gardener.requireEverythingRestores();

            gardener.prune(gardener.request(PruneRequest.Compacting.REPACK));
            clock.advance(Duration.ofDays(1));
            gardener.prune(gardener.request(PruneRequest.Compacting.STANDARD));
            requireSpace(laboratory, fresh, REPACKED);
            List<Manifest> repacked = newest(laboratory);
            assertThat(repacked.stream().map(Manifest::id))
                    .containsExactlyElementsOf(kept.stream().map(Manifest::id).toList());
            restoreAndStoreAnew(laboratory, repacked, "again");
            assertThat(gardener.snapshots(1)).isEqualTo(gardener.snapshots(0)).hasSize(kept.size());
            gardener.requireEverythingRestores();
        }
    }

    private static void requireSpace(Laboratory laboratory, long fresh, double most) throws IOException {
        for (Replica replica : laboratory.replicas()) {
            long bytes = Gardener.bytes(replica.storage());
            System.out.printf(
                    "%s: %d KiB, %.3f of %d KiB (archives %d KiB, catalogs %d KiB)%n",
                    replica.location(),
                    bytes >> 10,
                    (double) bytes / fresh,
                    fresh >> 10,
                    bytes(replica, "archives") >> 10,
                    bytes(replica, "catalogs") >> 10);
            assertThat((double) bytes / fresh).isLessThan(most);
        }
    }

    private static void tend(Gardener gardener) throws Exception {
        gardener.forget(RULES);
        gardener.prune(gardener.request(PruneRequest.Compacting.STANDARD));
    }

    private static long bytes(Replica replica, String folder) throws IOException {
        return replica.storage().list(folder).stream()
                .mapToLong(one -> one.size())
                .sum();
    }

    private static List<Manifest> newest(Laboratory laboratory) throws IOException {
        Map<Long, Manifest> newest = new TreeMap<>();
        laboratory.snapshots(0).forEach(manifest -> newest.put(manifest.sequence(), manifest));
        return List.copyOf(newest.values());
    }

    /** Restores each into one directory, compares, and backs that up to a new repository; returns what this takes. */
    private long restoreAndStoreAnew(Laboratory laboratory, List<Manifest> kept, String where) throws Exception {
        Path target = temp.resolve("restored-" + where);
        ManualClock other = new ManualClock();
        try (Storage storage = Laboratory.local(temp.resolve(where));
                Laboratory anew = Laboratory.at(List.of(storage))) {
            anew.clock(other);
            for (Manifest manifest : kept) {
                var result = laboratory.restore(manifest.id(), target, Overwrite.ALWAYS, Unlisted.DELETE);
                assertThat(result.failures()).isEmpty();
                assertThat(fingerprint(target)).isEqualTo(trees.get(manifest.id()));
                other.advance(Duration.ofHours(1));
                var request = anew.request(
                        new FileTreeSource(List.of(target), WalkOptions.ALL), SnapshotKind.INCREMENTAL, target);
                anew.backup(Laboratory.ignoring(request, ChangeRule.Ignored.CTIME, ChangeRule.Ignored.INODE));
            }
            return Gardener.bytes(storage);
        }
    }

    private void edit() throws IOException {
        for (int i = 0; i < 3; i++) {
            Path file = any();
            byte[] more = bytes(1 + random.nextInt(3_000));
            if (random.nextBoolean()) {
                Files.write(file, more, StandardOpenOption.APPEND);
            } else {
                Files.write(file, bytes(1 + random.nextInt(80_000)));
            }
        }
        if (files.size() > 120) {
            Files.delete(files.remove(random.nextInt(files.size())));
        }
        if (files.size() < 180) {
            create();
        }
        int index = random.nextInt(files.size());
        Path renamed = newPath();
        Files.createDirectories(renamed.getParent());
        Files.move(files.get(index), renamed);
        files.set(index, renamed);
    }

    private Path any() {
        return files.get(random.nextInt(files.size()));
    }

    private void create() throws IOException {
        Path file = newPath();
        Files.createDirectories(file.getParent());
        Files.write(file, bytes(1 + random.nextInt(random.nextInt(12) == 0 ? 500_000 : 60_000)));
        files.add(file);
    }

    private Path newPath() {
        return tree.resolve("d" + random.nextInt(12)).resolve("f" + named++);
    }

    private byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    private static Map<String, String> fingerprint(Path root) throws IOException {
        Map<String, String> print = new TreeMap<>();
        try (var walk = Files.walk(root)) {
            for (Path path : walk.toList()) {
                Map<String, Object> attributes = Files.readAttributes(path, "unix:mode,lastModifiedTime,size");
                String content = Files.isDirectory(path)
                        ? ""
                        : ObjectHash.ofContent(Files.readAllBytes(path)) + " " + attributes.get("size");
                print.put(
                        root.relativize(path).toString(),
                        attributes.get("mode") + " " + attributes.get("lastModifiedTime") + " " + content);
            }
        }
        return print;
    }
}
