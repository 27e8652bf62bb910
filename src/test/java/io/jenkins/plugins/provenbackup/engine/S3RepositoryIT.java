package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.prune.PruneRequest;
import io.jenkins.plugins.provenbackup.engine.prune.PruneResult;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.restore.Restore;
import io.jenkins.plugins.provenbackup.engine.restore.RestoreResult;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory;
import io.jenkins.plugins.provenbackup.engine.storage.s3.CephExtension;
import io.jenkins.plugins.provenbackup.engine.storage.s3.CephGateway;
import io.jenkins.plugins.provenbackup.engine.target.Overwrite;
import io.jenkins.plugins.provenbackup.engine.target.Unlisted;
import io.jenkins.plugins.provenbackup.engine.verify.Verify;
import io.jenkins.plugins.provenbackup.engine.verify.VerifyRequest;
import io.jenkins.plugins.provenbackup.engine.verify.VerifyResult;
import io.jenkins.plugins.provenbackup.testing.TreeComparer;
import io.jenkins.plugins.provenbackup.testing.TreeFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A repository in an S3 bucket from end to end, as Ceph keeps it. */
@ExtendWith(CephExtension.class)
class S3RepositoryIT {

    private final CephGateway ceph;

    @TempDir
    Path temp;

    private Path tree;

    S3RepositoryIT(CephGateway ceph) {
        this.ceph = ceph;
    }

    @BeforeEach
    void makeTree() throws Exception {
        tree = Files.createDirectory(temp.resolve("tree"));
        Random random = new Random(1);
        for (int i = 0; i < 20; i++) {
            byte[] content = new byte[i % 5 == 0 ? 3_000_000 : 10_000];
            random.nextBytes(content);
            Files.write(tree.resolve("file-" + i), content);
        }
    }

    @Test
    void accountThatMayNotDeleteBacksUpVerifiesAndRestores() throws Exception {
        String bucket = ceph.bucket();
        ceph.allowWriter(bucket, "s3:ListBucket", "s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload");
        Path zoo = temp.resolve("zoo");
        TreeFixture.zoo(zoo);
        Storage storage = StorageFactory.open(
                ceph.location(CephGateway.WRITER, bucket + "/backup", "", ceph.port()),
                ceph.options(CephGateway.WRITER_SECRET),
                OpenMode.CREATE);
        try (Laboratory laboratory = Laboratory.at(List.of(storage))) {
            laboratory.backup(zoo, SnapshotKind.FULL);
            Files.writeString(zoo.resolve("new file"), "new");

            BackupResult second = laboratory.backup(zoo, SnapshotKind.INCREMENTAL);

            assertThat(second.kind()).isEqualTo(SnapshotKind.INCREMENTAL);
            assertThat(verify(laboratory, VerifyRequest.Repair.REPORT_ONLY).findings())
                    .isEmpty();
            RestoreResult restored = laboratory.restore(second.snapshot().orElseThrow(), temp.resolve("restored"));
            assertThat(restored.failures()).isEmpty();
            assertThat(TreeComparer.differences(zoo, temp.resolve("restored"), TreeComparer.limitsOfJava()))
                    .isEmpty();
        }
    }

    @Test
    void everythingThatASnapshotNeedsIsLockedAtLeastAsLongAsItsManifest() throws Exception {
        String bucket = ceph.lockingBucket();
        try (Laboratory laboratory = Laboratory.at(List.of(open(bucket, "&objectLock=COMPLIANCE&retain=2d")))) {
            BackupResult first = laboratory.backup(tree, SnapshotKind.FULL);
            assertThat(first.destinations().get(0).immutability().orElseThrow().until())
                    .hasValueSatisfying(until -> assertThat(until)
                            .isAfter(Instant.now().plus(Duration.ofDays(2)).minusSeconds(600)));
            assertLockedUntilManifest(laboratory, first.snapshot().orElseThrow());
            Files.writeString(tree.resolve("file-new"), "new");
            // As if ten days had passed: what the first backup stored, and this one needs, must be kept longer, too.
            laboratory.clock(Clock.offset(Clock.systemUTC(), Duration.ofDays(10)));

            BackupResult second = laboratory.backup(tree, SnapshotKind.INCREMENTAL);

            assertThat(second.lacksImmutability()).isFalse();
            assertLockedUntilManifest(laboratory, second.snapshot().orElseThrow());
            Manifest manifest = laboratory.manifest(second.snapshot().orElseThrow());
            for (String archive : laboratory.archivesOf(manifest.id())) {
                assertThat(retainedUntil(laboratory, archive))
                        .isAfter(Instant.now().plus(Duration.ofDays(11)));
            }
        }
    }

    @Test
    void pruneLeavesWhatIsLockedAndDeletesWhatIsNot() throws Exception {
        String bucket = ceph.lockingBucket();
        try (Laboratory laboratory = Laboratory.at(List.of(open(bucket, "")))) {
            SnapshotId free = fullBackup(laboratory);
            laboratory.replicas().get(0).close();
            laboratory.replace(0, open(bucket, "&objectLock=COMPLIANCE&retain=1d"));
            SnapshotId locked = fullBackup(laboratory);
            SnapshotId kept = fullBackup(laboratory);
            Set<String> deletable = laboratory.archivesOf(free);
            Set<String> lockedArchives = laboratory.archivesOf(locked);
            Gardener gardener =
                    new Gardener(laboratory, Clock.systemUTC(), Files.createDirectory(temp.resolve("spool")));
            gardener.forget(free, locked);

            PruneResult result = gardener.prune(Gardener.with(
                    gardener.request(PruneRequest.Compacting.NONE), PruneRequest.Waiting.NOW, PruneRequest.Mode.WRITE));

            assertThat(result.destinations().get(0).locked().objects()).isGreaterThanOrEqualTo(lockedArchives.size());
            assertThat(laboratory.archives(0)).containsAll(lockedArchives).doesNotContainAnyElementsOf(deletable);
            assertThat(gardener.snapshots(0)).containsExactly(kept);
            gardener.requireEverythingRestores();
        }
    }

    /** Of other content than before. */
    private SnapshotId fullBackup(Laboratory laboratory) throws Exception {
        SampleFiles.write(tree.resolve("file-0"), 3_000_000, System.nanoTime());
        return laboratory.backup(tree, SnapshotKind.FULL).snapshot().orElseThrow();
    }

    @Test
    void snapshotIsReportedAsNotImmutableWhereTheStorageRefuses() throws Exception {
        String bucket = ceph.lockingBucket();
        ceph.denyWriter(bucket, "s3:PutObjectRetention");
        Storage storage = StorageFactory.open(
                ceph.location(CephGateway.WRITER, bucket + "/backup", "&objectLock=GOVERNANCE&retain=2d", ceph.port()),
                ceph.options(CephGateway.WRITER_SECRET),
                OpenMode.CREATE);
        try (Laboratory laboratory = Laboratory.at(List.of(storage))) {
            BackupResult result = laboratory.backup(tree, SnapshotKind.FULL);

            assertThat(result.copies()).isEqualTo(1);
            assertThat(result.lacksImmutability()).isTrue();
            assertThat(result.destinations().get(0).immutability().orElseThrow().refusal())
                    .contains("Cannot lock")
                    .contains("403");
            laboratory.restore(result.snapshot().orElseThrow(), temp.resolve("restored"));
            assertThat(TreeComparer.differences(tree, temp.resolve("restored"))).isEmpty();
        }
    }

    @Test
    void snapshotsSurviveAnAttackerWhoOverwritesAndDeletes() throws Exception {
        String bucket = ceph.lockingBucket();
        try (Laboratory laboratory = Laboratory.at(List.of(open(bucket, "&objectLock=COMPLIANCE&retain=1d")))) {
            SnapshotId snapshot =
                    laboratory.backup(tree, SnapshotKind.FULL).snapshot().orElseThrow();
            var request =
                    laboratory.restoreRequest(snapshot, temp.resolve("restored"), Overwrite.ALWAYS, Unlisted.KEEP);
            attack(laboratory, bucket);

            // A reader that knows the snapshot takes the older versions.
            RestoreResult restored = Restore.run(request, new ProgressListener() {});
            assertThat(restored.failures()).isEmpty();
            assertThat(TreeComparer.differences(tree, temp.resolve("restored"))).isEmpty();
        }
    }

    @Test
    void verifyReportsAndRepairsWhatAnAttackerDid() throws Exception {
        String bucket = ceph.lockingBucket();
        try (Laboratory laboratory = Laboratory.at(List.of(open(bucket, "&objectLock=COMPLIANCE&retain=1d")))) {
            SnapshotId snapshot =
                    laboratory.backup(tree, SnapshotKind.FULL).snapshot().orElseThrow();
            attack(laboratory, bucket);
            laboratory.replace(0, open(bucket, ""));

            VerifyResult found = verify(laboratory, VerifyRequest.Repair.REPORT_ONLY);
            assertThat(found.isDamaged()).isTrue();
            assertThat(found.findings())
                    .anySatisfy(finding -> assertThat(finding.message())
                            .contains(snapshot.brief())
                            .contains("deleted without a record"));

            // The manifest first, then what it names.
            verify(laboratory, VerifyRequest.Repair.FROM_OTHERS);
            laboratory.replace(0, open(bucket, ""));
            VerifyResult repaired = verify(laboratory, VerifyRequest.Repair.REPORT_ONLY);

            assertThat(repaired.isDamaged()).as("%s", repaired.findings()).isFalse();
            assertThat(repaired.findings())
                    .extracting(VerifyResult.Finding::kind)
                    .containsOnly(VerifyResult.Kind.OVERWRITTEN);
            laboratory.restore(snapshot, temp.resolve("restored"));
            assertThat(TreeComparer.differences(tree, temp.resolve("restored"))).isEmpty();
        }
    }

    /** Deletes every other object of the snapshots, and writes nonsense over the others. */
    private void attack(Laboratory laboratory, String bucket) throws Exception {
        try (S3Client owner = ceph.client()) {
            int number = 0;
            for (String folder : List.of("archives", "catalogs")) {
                for (StoredObject object : laboratory.objects(0, folder)) {
                    String key = "backup/" + object.name();
                    if (number++ % 2 == 0) {
                        owner.putObject(
                                request -> request.bucket(bucket).key(key),
                                RequestBody.fromBytes(new byte[Math.toIntExact(object.size())]));
                    } else {
                        owner.deleteObject(request -> request.bucket(bucket).key(key));
                    }
                }
            }
            for (StoredObject object : laboratory.objects(0, "snapshots")) {
                owner.deleteObject(request -> request.bucket(bucket).key("backup/" + object.name()));
            }
        }
    }

    private static void assertLockedUntilManifest(Laboratory laboratory, SnapshotId id) throws Exception {
        Manifest manifest = laboratory.manifest(id);
        String name = laboratory.objects(0, "snapshots").stream()
                .map(StoredObject::name)
                .filter(one -> one.contains("/" + "%010d".formatted(manifest.sequence()))
                        || one.matches(".*/0*" + manifest.sequence() + "-.*"))
                .findFirst()
                .orElseThrow();
        Instant until = retainedUntil(laboratory, name);
        assertThat(retainedUntil(laboratory, Layout.REPOSITORY)).isAfterOrEqualTo(until);
        for (StoredObject epoch : laboratory.objects(0, Layout.EPOCHS)) {
            assertThat(retainedUntil(laboratory, epoch.name())).isAfterOrEqualTo(until);
        }
        for (String archive : laboratory.archivesOf(id)) {
            assertThat(retainedUntil(laboratory, archive)).isAfterOrEqualTo(until);
        }
        for (var catalog : manifest.catalogs()) {
            assertThat(retainedUntil(laboratory, Layout.catalog(catalog.hash())))
                    .isAfterOrEqualTo(until);
        }
    }

    private static Instant retainedUntil(Laboratory laboratory, String name) throws Exception {
        return laboratory
                .replicas()
                .get(0)
                .storage()
                .retention()
                .orElseThrow()
                .retainedUntil(name)
                .orElseThrow();
    }

    private static VerifyResult verify(Laboratory laboratory, VerifyRequest.Repair repair) throws Exception {
        return Verify.run(
                new VerifyRequest(
                        laboratory.replicas(),
                        laboratory.recovery(),
                        Optional.empty(),
                        Set.of(),
                        VerifyRequest.Level.INTEGRITY,
                        100,
                        repair),
                new ProgressListener() {},
                Clock.systemUTC());
    }

    private Storage open(String bucket, String more) throws Exception {
        return StorageFactory.open(ceph.location(bucket + "/backup", more), ceph.options(), OpenMode.CREATE);
    }
}
