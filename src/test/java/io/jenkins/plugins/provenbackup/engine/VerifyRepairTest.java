package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.archive.BlockParameters;
import io.jenkins.plugins.provenbackup.engine.catalog.FieldWriter;
import io.jenkins.plugins.provenbackup.engine.crypto.Slot;
import io.jenkins.plugins.provenbackup.engine.repository.ForgottenRecords;
import io.jenkins.plugins.provenbackup.engine.repository.KeySlots;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.ManifestName;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import io.jenkins.plugins.provenbackup.engine.storage.BytesPayload;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import io.jenkins.plugins.provenbackup.engine.verify.Recover;
import io.jenkins.plugins.provenbackup.engine.verify.Verify;
import io.jenkins.plugins.provenbackup.engine.verify.VerifyRequest;
import io.jenkins.plugins.provenbackup.engine.verify.VerifyResult;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever kind of object is damaged or gone at one destination is found, named, and brought back from the other. */
class VerifyRepairTest {

    @TempDir
    private Path temp;

    private Path tree;
    private Laboratory laboratory;
    private final List<SnapshotId> snapshots = new ArrayList<>();

    @BeforeEach
    void twoReplicas() throws Exception {
        tree = temp.resolve("tree");
        laboratory = Laboratory.at(temp.resolve("a"), temp.resolve("b"));
        laboratory.tune(laboratory.tuning().withBlocks(new BlockParameters(100_000, 256 << 10, 200_000, 4)));
        for (int i = 0; i < 3; i++) {
            SampleFiles.write(tree.resolve("d/f" + i), 150_000, i);
            snapshots.add(
                    laboratory.backup(tree, SnapshotKind.INCREMENTAL).snapshot().orElseThrow());
        }
    }

    @AfterEach
    void close() {
        laboratory.close();
    }

    @Test
    void everyKindOfObjectIsFoundNamedAndMendedAtEitherDestination() throws Exception {
        forgetTheFirst();
        byte[] slot = Slot.create(laboratory.recovery(), "secret".toCharArray(), "test", Instant.now())
                .encode();
        byte[] hold = hold(snapshots.get(2));
        for (Replica replica : laboratory.replicas()) {
            KeySlots.put(replica.storage(), List.of(slot));
            replica.storage().put("holds/" + snapshots.get(2).hex() + "/0000", BytesPayload.of(hold));
        }
        assertThat(verify(VerifyRequest.Repair.REPORT_ONLY).findings()).isEmpty();
        Map<String, byte[]> whole = everything("a");
        whole.keySet().removeIf(name -> name.startsWith("runs/"));
        for (String destination : List.of("a", "b")) {
            for (Map.Entry<String, String> kind : oneOfEachKind().entrySet()) {
                String object = kind.getValue();
                if (!object.startsWith("holds/")) {
                    flip(temp.resolve(destination).resolve(object));
                    assertMends(kind.getKey() + " damaged", destination, object);
                }
                Files.delete(temp.resolve(destination).resolve(object));
                assertMends(kind.getKey() + " removed", destination, object);
            }
            Map<String, byte[]> mended = everything(destination);
            mended.keySet().retainAll(whole.keySet());
            assertThat(mended.keySet()).isEqualTo(whole.keySet());
        }
    }

    private void assertMends(String what, String destination, String object) throws Exception {
        String id = object.startsWith("snapshots/") ? snapshots.get(2).hex() : object;
        VerifyResult found = verify(VerifyRequest.Repair.REPORT_ONLY);
        assertThat(found.findings()).as(what).isNotEmpty();
        VerifyResult repaired = verify(VerifyRequest.Repair.FROM_OTHERS);
        assertThat(repaired.findings())
                .as(what)
                .allSatisfy(finding -> {
                    assertThat(finding.location())
                            .isEqualTo(temp.resolve(destination).toString());
                    assertThat(finding.mended()).isEqualTo(VerifyResult.Mended.YES);
                    assertThat(finding.message()).doesNotContain("verify --repair");
                })
                .anySatisfy(finding -> assertThat(finding.object()).isIn(id, object));
        assertThat(verify(VerifyRequest.Repair.REPORT_ONLY).findings())
                .as(what + ", mended")
                .isEmpty();
    }

    @Test
    void anEmptiedFolderOfSnapshotsIsFilledFromTheOther() throws Exception {
        for (StoredObject object : laboratory.objects(1, Layout.SNAPSHOTS)) {
            Files.delete(temp.resolve("b").resolve(object.name()));
        }

        VerifyResult found = verify(VerifyRequest.Repair.REPORT_ONLY);
        VerifyResult repaired = verify(VerifyRequest.Repair.FROM_OTHERS);

        assertThat(found.findings())
                .hasSize(3)
                .allSatisfy(finding -> assertThat(finding.kind()).isEqualTo(VerifyResult.Kind.LAGGING));
        assertThat(repaired.findings())
                .hasSize(3)
                .allSatisfy(finding -> assertThat(finding.mended()).isEqualTo(VerifyResult.Mended.YES));
        assertThat(laboratory.snapshots(1)).hasSize(3);
    }

    @Test
    void whatIsDamagedEverywhereIsNamedWithTheSnapshotsAndFilesThatItCosts() throws Exception {
        Set<String> newest = laboratory.archivesOf(snapshots.get(2));
        newest.removeAll(laboratory.archivesOf(snapshots.get(1)));
        String archive = newest.iterator().next();
        flip(temp.resolve("a").resolve(archive));
        Files.delete(temp.resolve("b").resolve(archive));

        VerifyResult result = verify(VerifyRequest.Repair.FROM_OTHERS);

        assertThat(result.isDamaged()).isTrue();
        List<VerifyResult.Finding> lost = result.findings().stream()
                .filter(finding -> finding.kind() == VerifyResult.Kind.LOST)
                .toList();
        assertThat(lost).hasSize(1);
        assertThat(lost.get(0).message())
                .contains(snapshots.get(2).brief())
                .contains("1 file: 'd/f2'")
                .doesNotContain("'d/f1'");
        assertThat(Files.exists(temp.resolve("a").resolve(archive)))
                .as("what is left of it")
                .isTrue();
    }

    @Test
    void aCatalogThatIsLostEverywhereIsNamedWithItsSnapshot() throws Exception {
        String catalog = Layout.catalog(
                laboratory.manifest(snapshots.get(2)).catalogs().get(0).hash());
        for (String destination : List.of("a", "b")) {
            Files.delete(temp.resolve(destination).resolve(catalog));
        }

        VerifyResult result = verify(VerifyRequest.Repair.FROM_OTHERS);

        assertThat(result.findings())
                .anySatisfy(finding -> assertThat(finding.message())
                        .contains(snapshots.get(2).brief())
                        .contains("no destination has its catalog intact"));
    }

    @Test
    void theMereNameOfARecordProvesNothing() throws Exception {
        ManifestName gone = name(laboratory.manifest(snapshots.get(1)));
        for (int i = 0; i < 2; i++) {
            new SnapshotStore(laboratory.replicas().get(i)).delete(gone);
            laboratory.replicas().get(i).storage().put(Layout.forgotten(snapshots.get(1)), BytesPayload.of("made up"));
        }

        VerifyResult result = verify(VerifyRequest.Repair.FROM_OTHERS);

        assertThat(result.findings())
                .anySatisfy(finding -> assertThat(finding.kind()).isEqualTo(VerifyResult.Kind.REMOVED))
                .anySatisfy(finding -> {
                    assertThat(finding.object()).isEqualTo(Layout.forgotten(snapshots.get(1)));
                    assertThat(finding.message()).contains("made up by somebody without the key");
                });
        assertThat(result.isDamaged()).isTrue();
    }

    @Test
    void recoverIsNotStoppedByARecordThatSomebodyMadeUp() throws Exception {
        Replica replica = laboratory.replicas().get(0);
        Files.delete(temp.resolve("a")
                .resolve(name(laboratory.manifest(snapshots.get(1))).object()));
        replica.storage().put(Layout.forgotten(snapshots.get(1)), BytesPayload.of("made up"));

        Recover.Result result = Recover.run(replica, laboratory.recovery(), ProgressListener.NONE);

        assertThat(result.recovered()).containsExactly(snapshots.get(1));
        assertThat(result.forgotten()).isEmpty();
    }

    @Test
    void aSingleDestinationMendsAManifestFromItsTwin() throws Exception {
        Replica alone = laboratory.replicas().get(0);
        String manifest = name(laboratory.manifest(snapshots.get(2))).object();
        flip(temp.resolve("a").resolve(manifest));

        VerifyResult result = Verify.run(
                request(List.of(alone), VerifyRequest.Repair.FROM_OTHERS), ProgressListener.NONE, inTwoDays());

        assertThat(result.findings()).hasSize(1);
        assertThat(result.isDamaged()).isFalse();
        assertThat(laboratory.snapshots(0)).hasSize(3);
    }

    private VerifyResult verify(VerifyRequest.Repair repair) throws Exception {
        return Verify.run(request(laboratory.replicas(), repair), ProgressListener.NONE, inTwoDays());
    }

    private VerifyRequest request(List<Replica> replicas, VerifyRequest.Repair repair) {
        return new VerifyRequest(
                replicas,
                laboratory.recovery(),
                Optional.empty(),
                Set.of(),
                VerifyRequest.Level.INTEGRITY,
                100,
                repair);
    }

    /** What is young and does not fit its name may be an upload that goes on. */
    private static Clock inTwoDays() {
        return Clock.offset(Clock.systemUTC(), Duration.ofDays(2));
    }

    private void forgetTheFirst() throws IOException {
        Manifest first = laboratory.manifest(snapshots.get(0));
        for (Replica replica : laboratory.replicas()) {
            new ForgottenRecords(replica)
                    .put(first, new ForgottenRecords.Reason("by name", "me@here", Instant.now()), laboratory.key());
        }
        ManifestName name = name(first);
        for (Replica replica : laboratory.replicas()) {
            new SnapshotStore(replica).delete(name);
        }
    }

    private Map<String, String> oneOfEachKind() throws IOException {
        Manifest newest = laboratory.manifest(snapshots.get(2));
        Map<String, String> objects = new LinkedHashMap<>();
        objects.put("epoch", Layout.epoch(1));
        objects.put("key slot", laboratory.objects(0, Layout.KEYS).get(0).name());
        objects.put(
                "archive",
                Layout.archive(newest.archives().archives().get(0).archive().hash()));
        objects.put("catalog", Layout.catalog(newest.catalogs().get(0).hash()));
        objects.put("manifest", name(newest).object());
        objects.put("twin", Layout.catalog(name(newest).hash()));
        objects.put("record of a removal", Layout.forgotten(snapshots.get(0)));
        objects.put("hold", "holds/" + snapshots.get(2).hex() + "/0000");
        return objects;
    }

    private byte[] hold(SnapshotId id) {
        byte[] header = new FieldWriter()
                .raw(laboratory.recovery().repositoryId().bytes())
                .raw(laboratory.key().sourceId().bytes())
                .u32(1)
                .raw(id.bytes())
                .u32(0)
                .toByteArray();
        return new FieldWriter()
                .raw(new byte[] {'P', 'B', 'H', '1'})
                .u32(header.length)
                .raw(header)
                .raw(new byte[100])
                .toByteArray();
    }

    private ManifestName name(Manifest manifest) throws IOException {
        return new SnapshotStore(laboratory.replicas().get(0))
                .list(laboratory.key().sourceId()).stream()
                        .map(SnapshotStore.Listed::name)
                        .filter(name -> name.sequence() == manifest.sequence())
                        .findFirst()
                        .orElseThrow();
    }

    private Map<String, byte[]> everything(String destination) throws IOException {
        Map<String, byte[]> all = new TreeMap<>();
        Path root = temp.resolve(destination);
        try (var files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.put(root.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return all;
    }

    private static void flip(Path file) throws IOException {
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            content.seek(content.length() / 2);
            int old = content.read();
            content.seek(content.length() / 2);
            content.write(old ^ 1);
        }
    }
}
