package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.jenkins.plugins.provenbackup.engine.browse.Ls;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.SegmentId;
import io.jenkins.plugins.provenbackup.engine.catalog.SegmentList;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import io.jenkins.plugins.provenbackup.engine.prune.PruneRequest;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.source.FileTreeSource;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage.Verb;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import io.jenkins.plugins.provenbackup.engine.verify.Verify;
import io.jenkins.plugins.provenbackup.engine.verify.VerifyRequest;
import io.jenkins.plugins.provenbackup.engine.verify.VerifyResult;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What each operation costs in a tree of so many files: calls, objects, bytes, memory.
 *
 * @param contentBytes of all files
 * @param segments of the full backup's catalog
 * @param rewritten segments that the backup of a changed file wrote
 * @param integrity verification without content
 * @param verify verification of all content
 */
record Costs(
        int files,
        long contentBytes,
        int segments,
        int rewritten,
        Cost full,
        Cost unchanged,
        Cost changed,
        Cost restore,
        Cost list,
        Cost integrity,
        Cost verify,
        Cost prune) {

    static final int CHANGED_BYTES = 1_234;
    private static final int IN_A_DIRECTORY = 100;

    /** Makes a tree and a repository below a directory, and does everything once. */
    static Costs of(Path directory, int files) throws Exception {
        return new Run(directory, files).costs();
    }

    /**
     * One operation's cost.
     *
     * @param calls of the destination
     * @param opened files of the source
     * @param stored bytes by which the repository grew
     * @param objects by which the repository grew
     * @param allocated bytes, by the calling thread
     */
    record Cost(Map<Verb, Integer> calls, int opened, long readFromSource, long stored, int objects, long allocated) {

        int reads() {
            return calls.get(Verb.READ) + calls.get(Verb.OPEN);
        }

        int calls(Verb verb) {
            return calls.get(verb);
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** A tree, a repository, and one operation after another. */
    private static final class Run {

        private final Path temp;
        private final int files;
        private final Path tree;
        private final FaultyStorage storage;
        private final Laboratory laboratory;
        private final CountingSource.Counts asked = new CountingSource.Counts();
        private long contentBytes;

        Run(Path temp, int files) throws IOException {
            this.temp = temp;
            this.files = files;
            tree = temp.resolve("tree" + files);
            for (int i = 0; i < files; i++) {
                int size = 500 + i % 1_000;
                contentBytes += size;
                SampleFiles.write(tree.resolve("d" + i / IN_A_DIRECTORY + "/file" + i), size, i);
            }
            for (int i = 0; i < files / IN_A_DIRECTORY; i++) {
                SampleFiles.age(tree.resolve("d" + i));
            }
            SampleFiles.age(tree);
            storage = FaultyStorage.over(Laboratory.local(temp.resolve("repository" + files)));
            laboratory = Laboratory.at(List.of(storage));
        }

        Costs costs() throws Exception {
            try (laboratory) {
                List<SnapshotId> snapshots = new ArrayList<>();
                Cost full = cost(() -> snapshots.add(backup(SnapshotKind.FULL)));
                SnapshotId first = snapshots.get(0);
                Set<SegmentId> segments = segments(first);
                Cost unchanged = cost(() -> snapshots.add(backup(SnapshotKind.INCREMENTAL)));
                SampleFiles.write(tree.resolve("d7/file777"), CHANGED_BYTES, -1);
                SampleFiles.age(tree.resolve("d7"));
                Cost changed = cost(() -> snapshots.add(backup(SnapshotKind.INCREMENTAL)));
                Set<SegmentId> rewritten = segments(snapshots.get(2));
                rewritten.removeAll(segments);
                Cost restore = cost(() -> laboratory.restore(first, temp.resolve("restored" + files)));
                Cost list = cost(() -> Ls.run(
                        new Ls.Request(laboratory.manifest(first), EntryPath.ROOT, Integer.MAX_VALUE),
                        laboratory.replicas(),
                        laboratory.key(),
                        entry -> {}));
                Cost integrity = cost(() -> verify(VerifyRequest.Level.INTEGRITY));
                Cost verify = cost(() -> verify(VerifyRequest.Level.RESTORE));
                Gardener gardener = new Gardener(laboratory, Clock.offset(Clock.systemUTC(), Duration.ofDays(2)), temp);
                gardener.forget(first);
                Cost prune = cost(() -> gardener.prune(Gardener.with(
                        gardener.request(PruneRequest.Compacting.NONE),
                        PruneRequest.Waiting.NOW,
                        PruneRequest.Mode.WRITE)));
                return new Costs(
                        files,
                        contentBytes,
                        segments.size(),
                        rewritten.size(),
                        full,
                        unchanged,
                        changed,
                        restore,
                        list,
                        integrity,
                        verify,
                        prune);
            }
        }

        private Set<SegmentId> segments(SnapshotId snapshot) throws IOException {
            SegmentList list = laboratory.manifest(snapshot).facts().catalog().list();
            return list.segments().stream()
                    .map(item -> item.segment().id())
                    .collect(Collectors.toCollection(HashSet::new));
        }

        private SnapshotId backup(SnapshotKind kind) throws IOException, InterruptedException {
            CountingSource source = new CountingSource(new FileTreeSource(List.of(tree), WalkOptions.ALL), asked);
            return laboratory.backup(source, kind, tree).snapshot().orElseThrow();
        }

        private void verify(VerifyRequest.Level level) throws IOException, InterruptedException {
            VerifyResult result = Verify.run(
                    new VerifyRequest(
                            laboratory.replicas(),
                            laboratory.recovery(),
                            Optional.of(header -> StreamKey.open(header, laboratory.recovery())),
                            Set.of(),
                            level,
                            100,
                            VerifyRequest.Repair.REPORT_ONLY),
                    ProgressListener.NONE,
                    Clock.systemUTC());
            assertThat(result.findings()).isEmpty();
        }

        private Cost cost(Work work) throws IOException, InterruptedException {
            Map<Verb, Integer> calls = calls();
            List<StoredObject> objects = laboratory.objects(0, "");
            asked.reset();
            long allocated = allocated();
            work.run();
            allocated = allocated() - allocated;
            Map<Verb, Integer> after = calls();
            after.replaceAll((verb, count) -> count - calls.get(verb) - (verb == Verb.LIST ? 1 : 0));
            List<StoredObject> objectsAfter = laboratory.objects(0, "");
            return new Cost(
                    after,
                    asked.opened.get(),
                    asked.bytes.get(),
                    bytes(objectsAfter) - bytes(objects),
                    objectsAfter.size() - objects.size(),
                    allocated);
        }

        private Map<Verb, Integer> calls() {
            Map<Verb, Integer> calls = new EnumMap<>(Verb.class);
            for (Verb verb : Verb.values()) {
                calls.put(verb, storage.calls(verb));
            }
            return calls;
        }
    }

    private static long bytes(List<StoredObject> objects) {
        return objects.stream().mapToLong(StoredObject::size).sum();
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
