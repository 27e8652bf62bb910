package io.jenkins.plugins.provenbackup.engine.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.Laboratory;
import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.repository.TestRecord;
import io.jenkins.plugins.provenbackup.engine.repository.TestRecords;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage;
import io.jenkins.plugins.provenbackup.testing.TreeFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recovery test restores for real, finds whatever is wrong, keeps its result, and leaves nothing behind. */
class RecoveryTestTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

    @TempDir
    private Path temp;

    private Path tree;
    private Path scratch;
    private Laboratory laboratory;

    @BeforeEach
    void aSourceAndTwoDestinations() throws Exception {
        tree = temp.resolve("tree");
        scratch = temp.resolve("scratch");
        laboratory = Laboratory.at(temp.resolve("near"), temp.resolve("far"));
    }

    @AfterEach
    void close() {
        laboratory.close();
    }

    @Test
    void aWholeZooComesBackAndTheResultIsKeptEverywhere() throws Exception {
        TreeFixture.zoo(tree);
        SnapshotId snapshot =
                laboratory.backup(tree, SnapshotKind.FULL).snapshot().orElseThrow();

        RecoveryTestResult result = test(snapshot);

        assertThat(result.record().problems()).isEmpty();
        assertThat(result.record().isPassed()).isTrue();
        assertThat(result.record().restore()).isPositive();
        assertThat(result.record().comparison()).isPositive();
        assertThat(result.recorded()).hasSize(2);
        assertThat(scratch).isEmptyDirectory();
        for (Replica replica : laboratory.replicas()) {
            TestRecords records = new TestRecords(replica);
            List<String> names = records.list(laboratory.key().sourceId());
            assertThat(names).singleElement().asString().contains("/20260304T050607Z-");
            TestRecord kept = records.read(names.get(0), laboratory.key());
            assertThat(kept)
                    .usingRecursiveComparison()
                    .withEqualsForType((a, b) -> a.toMillis() == b.toMillis(), Duration.class)
                    .isEqualTo(result.record());
        }
    }

    @Test
    void severalPathsAndOneFileComeBackToo() throws Exception {
        small();
        Path other = Files.writeString(temp.resolve("other.txt"), "other");
        var source = new io.jenkins.plugins.provenbackup.engine.source.FileTreeSource(
                List.of(tree, other), io.jenkins.plugins.provenbackup.engine.source.WalkOptions.ALL);
        SnapshotId snapshot =
                laboratory.backup(source, SnapshotKind.FULL, tree).snapshot().orElseThrow();

        assertThat(test(snapshot).record().problems()).isEmpty();
    }

    @Test
    void aDamagedArchiveAtOneOfTwoDestinationsIsReadFromTheOther() throws Exception {
        SnapshotId snapshot = small();
        damageArchives("near");

        RecoveryTestResult result = test(snapshot);

        assertThat(result.record().isPassed()).isTrue();
        assertThat(result.failovers()).isNotEmpty();
    }

    @Test
    void aDamagedArchiveWhereNobodyElseIsAskedFailsTheTest() throws Exception {
        SnapshotId snapshot = small();
        damageArchives("near");

        RecoveryTestResult result = test(snapshot, List.of(laboratory.replicas().get(0)), List.of());

        assertThat(result.record().isPassed()).isFalse();
        assertThat(result.record().errors()).isEqualTo(3);
        assertThat(result.record().problems()).anyMatch(problem -> problem.contains("a.txt"));
        assertThat(result.recorded()).hasSize(2);
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void aSnapshotWithoutItsCatalogFailsTheTest() throws Exception {
        SnapshotId snapshot = small();
        for (String place : List.of("near", "far")) {
            deleteTree(temp.resolve(place).resolve("catalogs"));
        }

        TestRecord record = test(snapshot).record();

        assertThat(record.errors()).isEqualTo(1);
        assertThat(record.problems()).singleElement().asString().contains("the restore failed");
    }

    @Test
    void checksRunInsideTheTreeAndTheirFailureFailsTheTest() throws Exception {
        SnapshotId snapshot = small();
        RecoveryCheck good = check("good", dir -> Files.exists(dir.resolve("sub/b.txt")) ? "" : "no b.txt");
        RecoveryCheck bad = check("bad", dir -> "the database does not start");

        RecoveryTestResult result = test(snapshot, laboratory.replicas(), List.of(good, bad));

        assertThat(result.record().checks())
                .extracting(TestRecord.Check::outcome)
                .containsExactly(TestRecord.Outcome.PASSED, TestRecord.Outcome.FAILED);
        assertThat(result.record().problems()).containsExactly("check 'bad': the database does not start");
        assertThat(result.record().isPassed()).isFalse();
    }

    @Test
    void theScratchDirectoryIsDeletedWhenACheckBreaksAndWhenItLocksDirectories() throws Exception {
        SnapshotId snapshot = small();
        RecoveryCheck broken = new RecoveryCheck() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public Optional<String> run(Path dir) throws IOException {
                Files.setPosixFilePermissions(dir.resolve("sub"), PosixFilePermissions.fromString("r-xr-xr-x"));
                throw new IllegalStateException("a mistake in the check");
            }
        };

        assertThatThrownBy(() -> test(snapshot, laboratory.replicas(), List.of(broken)))
                .isInstanceOf(IllegalStateException.class);

        assertThat(scratch).isEmptyDirectory();
        assertThat(new TestRecords(laboratory.replicas().get(0))
                        .list(laboratory.key().sourceId()))
                .isEmpty();
    }

    @Test
    void aCancelledTestLeavesNeitherFilesNorAResult() throws Exception {
        SnapshotId snapshot = small();
        RecoveryCheck cancelled = check("cancelled", dir -> {
            throw new InterruptedException("cancelled");
        });

        assertThatThrownBy(() -> test(snapshot, laboratory.replicas(), List.of(cancelled)))
                .isInstanceOf(InterruptedException.class);

        assertThat(scratch).isEmptyDirectory();
        assertThat(new TestRecords(laboratory.replicas().get(0))
                        .list(laboratory.key().sourceId()))
                .isEmpty();
    }

    @Test
    void aDestinationThatTakesNoResultIsNamed() throws Exception {
        SnapshotId snapshot = small();
        FaultyStorage full = FaultyStorage.over(Laboratory.local(temp.resolve("far")));
        laboratory.replace(1, full.on(FaultyStorage.Verb.PUT).named("tests/").failForGood());

        RecoveryTestResult result = test(snapshot);

        assertThat(result.record().isPassed()).isTrue();
        assertThat(result.recorded())
                .containsExactly(laboratory.replicas().get(0).location());
        assertThat(result.unrecorded())
                .containsOnlyKeys(laboratory.replicas().get(1).location());
    }

    @Test
    void aResultUnderAnotherNameOrWithAnotherByteIsRefused() throws Exception {
        test(small());
        Replica replica = laboratory.replicas().get(0);
        String name = new TestRecords(replica).list(laboratory.key().sourceId()).get(0);
        Path file = temp.resolve("near").resolve(name);
        String moved = name.replace("/20260304T", "/20270304T");
        Files.copy(file, temp.resolve("near").resolve(moved));
        byte[] content = Files.readAllBytes(file);
        content[content.length / 2] ^= 1;
        Files.write(file, content);

        assertThatThrownBy(() -> new TestRecords(replica).read(name, laboratory.key()))
                .isInstanceOf(DamagedException.class);
        assertThatThrownBy(() -> new TestRecords(replica).read(moved, laboratory.key()))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("another test");
    }

    @Test
    void everyDifferenceOnTheDiskIsFound() throws Exception {
        SnapshotId snapshot = small();
        for (Tampering tampering : Tampering.values()) {
            Path copy = temp.resolve("copy-" + tampering);
            laboratory.restore(snapshot, copy);
            tampering.to.run(copy);
            Findings findings = new Findings();
            var manifest = laboratory.manifest(snapshot);
            try (var reading = new io.jenkins.plugins.provenbackup.engine.SnapshotReading(
                    manifest,
                    laboratory.key(),
                    header -> StreamKey.open(header, laboratory.recovery()),
                    laboratory.replicas(),
                    io.jenkins.plugins.provenbackup.engine.transfer.BlockLoader.Access.SINGLE,
                    (replica, archive, reason) -> {})) {
                new TreeComparison(
                                copy,
                                reading.catalog(),
                                laboratory.key().chunkIdHash(manifest.epoch()),
                                findings,
                                ProgressListener.NONE)
                        .run();
            }
            assertThat(findings.kept()).as(tampering.name()).hasSize(1);
            assertThat(findings.kept().get(0)).contains(tampering.found);
        }
    }

    private interface Change {
        void run(Path tree) throws IOException;
    }

    /** What somebody may do to a restored tree, and how it shows. */
    @SuppressWarnings("ImmutableEnumChecker") // what they do is stateless
    private enum Tampering {
        DELETED(
                "'sub/b.txt' is missing",
                dir -> keepingTime(dir.resolve("sub"), () -> Files.delete(dir.resolve("sub/b.txt")))),
        ADDED(
                "'sub/extra' is not in the snapshot",
                dir -> keepingTime(dir.resolve("sub"), () -> Files.writeString(dir.resolve("sub/extra"), "x"))),
        SHORTER("'a.txt' has 1 bytes instead of 3", dir -> rewrite(dir.resolve("a.txt"), "o")),
        OTHER_BYTES("'a.txt' has other content from byte 0 on", dir -> rewrite(dir.resolve("a.txt"), "onE")),
        OTHER_BYTE_LATE("'large' has other content", dir -> {
            byte[] content = Files.readAllBytes(dir.resolve("large"));
            content[content.length - 1] ^= 1;
            keepingTime(dir.resolve("large"), () -> Files.write(dir.resolve("large"), content));
        }),
        OTHER_MODE(
                "'a.txt' has mode 600 instead of 644",
                dir -> Files.setPosixFilePermissions(
                        dir.resolve("a.txt"), PosixFilePermissions.fromString("rw-------"))),
        OTHER_TIME(
                "'a.txt' has the time 1999",
                dir -> Files.setLastModifiedTime(
                        dir.resolve("a.txt"), FileTime.from(Instant.parse("1999-01-01T00:00:00Z")))),
        OTHER_LINK(
                "'link' links elsewhere",
                dir -> keepingTime(dir, () -> {
                    Files.delete(dir.resolve("link"));
                    Files.createSymbolicLink(dir.resolve("link"), Path.of("elsewhere"));
                })),
        OTHER_TYPE(
                "'link' is a file instead of a symbolic link",
                dir -> keepingTime(dir, () -> {
                    Files.delete(dir.resolve("link"));
                    Files.writeString(dir.resolve("link"), "a.txt");
                }));

        private final String found;
        private final Change to;

        Tampering(String found, Change to) {
            this.found = found;
            this.to = to;
        }

        private interface Work {
            void run() throws IOException;
        }

        private static void rewrite(Path file, String text) throws IOException {
            keepingTime(file, () -> Files.writeString(file, text));
        }

        private static void keepingTime(Path path, Work work) throws IOException {
            FileTime time = Files.getLastModifiedTime(path);
            work.run();
            Files.setLastModifiedTime(path, time);
        }
    }

    private RecoveryTestResult test(SnapshotId snapshot) throws Exception {
        return test(snapshot, laboratory.replicas(), List.of());
    }

    private RecoveryTestResult test(SnapshotId snapshot, List<Replica> from, List<RecoveryCheck> checks)
            throws Exception {
        return RecoveryTest.run(
                new RecoveryTestRequest(
                        laboratory.manifest(snapshot),
                        laboratory.key(),
                        header -> StreamKey.open(header, laboratory.recovery()),
                        from,
                        laboratory.replicas(),
                        scratch,
                        checks,
                        "tester@host"),
                ProgressListener.NONE,
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private SnapshotId small() throws Exception {
        Files.createDirectories(tree.resolve("sub"));
        Files.writeString(tree.resolve("a.txt"), "one");
        Files.setPosixFilePermissions(tree.resolve("a.txt"), PosixFilePermissions.fromString("rw-r--r--"));
        Files.writeString(tree.resolve("sub/b.txt"), "two");
        byte[] large = new byte[700_000];
        Arrays.fill(large, 300_000, large.length, (byte) 7);
        Files.write(tree.resolve("large"), large);
        Files.createSymbolicLink(tree.resolve("link"), Path.of("a.txt"));
        return laboratory.backup(tree, SnapshotKind.FULL).snapshot().orElseThrow();
    }

    private void damageArchives(String place) throws IOException {
        try (var files = Files.walk(temp.resolve(place).resolve("archives"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] content = Files.readAllBytes(file);
                Arrays.fill(content, 4, content.length - 64, (byte) 0);
                Files.write(file, content);
            }
        }
    }

    private static void deleteTree(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private interface Look {
        String at(Path tree) throws IOException, InterruptedException;
    }

    private static RecoveryCheck check(String name, Look look) {
        return new RecoveryCheck() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Optional<String> run(Path dir) throws IOException, InterruptedException {
                return Optional.of(look.at(dir)).filter(text -> !text.isEmpty());
            }
        };
    }
}
