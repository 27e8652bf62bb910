package io.jenkins.plugins.provenbackup.engine.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.catalog.FieldReader;
import io.jenkins.plugins.provenbackup.engine.catalog.FieldWriter;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * Whatever bytes a destination, or a holder of a source's key, puts in the place of an object: it fails by a typed
 * exception, or it is a valid object.
 */
class MalformedObjectsTest {

    private static final String NAME = "object";

    /** Repository id, source id and epoch, with which each header begins. */
    private static final int COMMON = 36;

    /** Bytes at the end of the immutable part: names, roots, totals and the empty segment list. */
    private static final int FACTS = 40;

    private static Path directory;
    private static Fixture fixture;
    private static byte[] manifest;
    private static byte[] checkpoint;

    @BeforeContainer
    static void create() throws IOException {
        directory = Files.createTempDirectory("malformed");
        fixture = new Fixture(directory.resolve("repository"));
        ObjectRef archive = new ObjectRef(ObjectHash.ofContent(new byte[] {1}), 1);
        Manifest sample = fixture.manifest(1, SnapshotKind.FULL, List.of(), fixture.table(archive, archive));
        manifest = sample.encode(fixture.key);
        checkpoint = fixture.checkpoint(RunId.random(), 1).encode(fixture.key);
    }

    @AfterContainer
    static void close() throws IOException {
        fixture.close();
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    @Property(tries = 500)
    void changedManifestsFailByType(@ForAll long seed) {
        byte[] changed = changed(manifest, seed);
        expectTyped(() -> ManifestCodec.decodeHeader(changed, NAME));
        expectTyped(() -> ManifestCodec.decode(changed, NAME, fixture.key));
    }

    @Property(tries = 500)
    void changedCheckpointsFailByType(@ForAll long seed) {
        byte[] changed = changed(checkpoint, seed);
        expectTyped(() -> Checkpoint.Header.decode(changed, NAME));
        expectTyped(() -> Checkpoint.decode(changed, NAME, fixture.key));
    }

    /** A thief of a source's key can seal what he likes. */
    @Property(tries = 500)
    void sealedNonsenseFailsByType(@ForAll long seed) throws IOException {
        byte[] header = plainHeader(manifest);
        byte[] body = changed(body(SealedObject.Type.MANIFEST, manifest), seed);
        byte[] sealed = SealedObject.encode(SealedObject.Type.MANIFEST, header, body, fixture.key, 1);
        expectTyped(() -> ManifestCodec.decode(sealed, NAME, fixture.key));
        byte[] runBody = changed(body(SealedObject.Type.RUN, checkpoint), seed);
        byte[] run = SealedObject.encode(SealedObject.Type.RUN, plainHeader(checkpoint), runBody, fixture.key, 1);
        expectTyped(() -> Checkpoint.decode(run, NAME, fixture.key));
    }

    @Property(tries = 500)
    void sealedNonsenseInHeadersFailsByType(@ForAll long seed) throws IOException {
        byte[] body = body(SealedObject.Type.MANIFEST, manifest);
        byte[] header = plainHeader(manifest);
        byte[] fields = changed(Arrays.copyOfRange(header, COMMON, header.length), seed);
        byte[] forged =
                new FieldWriter().raw(Arrays.copyOf(header, COMMON)).raw(fields).toByteArray();
        byte[] sealed = SealedObject.encode(SealedObject.Type.MANIFEST, forged, body, fixture.key, 1);
        expectTyped(() -> ManifestCodec.decode(sealed, NAME, fixture.key));
    }

    /** With a snapshot id that fits, so that all of it is read. */
    @Property(tries = 500)
    void sealedNonsenseInTheImmutablePartFailsByType(@ForAll long seed) throws IOException {
        FieldReader in = new FieldReader(body(SealedObject.Type.MANIFEST, manifest), NAME);
        byte[] original = in.bytes("immutable part", Integer.MAX_VALUE);
        byte[] others = in.raw(in.remaining(), "the rest");
        int facts = original.length - FACTS;
        byte[] immutable = new FieldWriter()
                .raw(Arrays.copyOf(original, facts))
                .raw(changed(Arrays.copyOfRange(original, facts, original.length), seed))
                .toByteArray();
        byte[] id = ObjectHash.ofContent(new FieldWriter()
                        .raw("proven-backup snapshot v1".getBytes(StandardCharsets.US_ASCII))
                        .raw(immutable)
                        .toByteArray())
                .toByteArray();
        byte[] header = plainHeader(manifest);
        System.arraycopy(id, 0, header, COMMON, id.length);
        byte[] body = new FieldWriter().bytes(immutable).raw(others).toByteArray();
        byte[] sealed = SealedObject.encode(SealedObject.Type.MANIFEST, header, body, fixture.key, 1);
        expectTyped(() -> ManifestCodec.decode(sealed, NAME, fixture.key));
    }

    @Property(tries = 200)
    void nonsenseAsARecordFailsByType(@ForAll long seed) throws IOException {
        byte[] bytes = changed(
                "{\"rule\":\"a\",\"by\":\"b\",\"at\":\"2024-05-06T07:08:09Z\"}".getBytes(StandardCharsets.UTF_8), seed);
        SnapshotId id = SnapshotId.of(ObjectHash.ofContent(Long.toString(seed).getBytes(StandardCharsets.UTF_8))
                .toByteArray());
        byte[] header = new SealedObject.Common(fixture.key.repositoryId(), fixture.key.sourceId(), 1)
                .begin()
                .raw(id.bytes())
                .toByteArray();
        byte[] sealed = SealedObject.encode(SealedObject.Type.FORGOTTEN, header, bytes, fixture.key, 1);
        Path file = fixture.root.resolve(Layout.forgotten(id));
        Files.createDirectories(file.getParent());
        Files.write(file, sealed);
        expectTyped(() -> new ForgottenRecords(fixture.replica).read(id, fixture.key));
        Files.write(file, changed(sealed, seed));
        expectTyped(() -> new ForgottenRecords(fixture.replica).read(id, fixture.key));
        Files.delete(file);
    }

    @Property(tries = 200)
    void randomBytesFailByType(@ForAll byte[] bytes, @ForAll @IntRange(max = 3) int magic) {
        byte[] object = Arrays.copyOf(manifest, magic + 4 + bytes.length);
        System.arraycopy(bytes, 0, object, magic + 4, bytes.length);
        expectTyped(() -> ManifestCodec.decode(object, NAME, fixture.key));
        expectTyped(() -> RepositoryConfig.parse(bytes, NAME));
    }

    private static void expectTyped(ThrowingCallable reading) {
        try {
            reading.call();
        } catch (Throwable problem) {
            assertThat(problem).isInstanceOf(IOException.class);
        }
    }

    private static byte[] plainHeader(byte[] object) throws IOException {
        FieldReader in = new FieldReader(object, NAME);
        in.raw(4, "magic");
        return in.raw((int) in.u32("length"), "header");
    }

    private static byte[] body(SealedObject.Type type, byte[] object) throws IOException {
        FieldReader in = SealedObject.body(type, object, NAME, fixture.key);
        return in.raw(in.remaining(), "body");
    }

    /** Some bytes flipped, set to the extremes, cut out or put in. */
    private static byte[] changed(byte[] original, long seed) {
        Random random = new Random(seed);
        byte[] bytes = original.clone();
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(9)), (byte) 0xff);
                case 2 -> bytes[at] = 0;
                case 3 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                default -> {
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    out.write(bytes, 0, at);
                    out.write(random.nextInt(256));
                    out.write(bytes, at, bytes.length - at);
                    bytes = out.toByteArray();
                }
            }
        }
        return bytes;
    }
}
