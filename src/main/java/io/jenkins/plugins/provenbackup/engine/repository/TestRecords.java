package io.jenkins.plugins.provenbackup.engine.repository;

import com.fasterxml.jackson.jr.ob.JSON;
import io.jenkins.plugins.provenbackup.engine.catalog.FieldReader;
import io.jenkins.plugins.provenbackup.engine.catalog.FieldWriter;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceId;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The results of recovery tests at one destination, sealed under the catalog key of their source, so that whoever backs the
 * source up can write and read them (repository format, section 11).
 */
public final class TestRecords {

    private static final Pattern NAME = Pattern.compile("tests/[0-9a-f]{32}/[0-9]{8}T[0-9]{6}Z-([0-9a-f]{64})");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Replica replica;

    public TestRecords(Replica replica) {
        this.replica = replica;
    }

    /**
     * A result as an object, the same bytes for every destination.
     *
     * @param name of the object
     * @param content of it
     */
    public record Sealed(String name, byte[] content) {}

    /** Seals a result. */
    public static Sealed seal(Manifest manifest, TestRecord record, SourceKey key) throws IOException {
        FieldWriter header = manifest.header().common().begin();
        header.raw(manifest.id().bytes());
        byte[] body = JSON.std.asString(json(record)).getBytes(StandardCharsets.UTF_8);
        byte[] object = SealedObject.encode(SealedObject.Type.TEST, header.toByteArray(), body, key, manifest.epoch());
        String name =
                Layout.tests(manifest.sourceId()) + "/" + TIME.format(record.at()) + "-" + ObjectHash.ofContent(object);
        return new Sealed(name, object);
    }

    /** Puts a result. */
    public void put(Sealed sealed) throws StorageException {
        replica.storage().put(sealed.name(), new BytesPayload(sealed.content()));
    }

    /** The names of a source's results, oldest first. */
    public List<String> list(SourceId source) throws StorageException {
        TreeSet<String> names = new TreeSet<>();
        for (StoredObject object : replica.storage().list(Layout.tests(source))) {
            if (NAME.matcher(object.name()).matches()) {
                names.add(object.name());
            }
        }
        return List.copyOf(names);
    }

    /**
     * Opens a result.
     *
     * @throws IOException when it is damaged or not authentic; another destination may have it intact
     */
    public TestRecord read(String object, SourceKey key) throws IOException {
        String name = replica.name(object);
        var parts = NAME.matcher(object);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + object + "' is no name of a test's result");
        }
        byte[] content = replica.read(object, ObjectHash.parse(parts.group(1)));
        FieldReader header = SealedObject.header(SealedObject.Type.TEST, content, name);
        SealedObject.Common common = SealedObject.Common.read(header);
        SnapshotId snapshot = SnapshotId.of(header.raw(SnapshotId.LENGTH, "snapshot id"));
        header.end();
        FieldReader body = SealedObject.body(SealedObject.Type.TEST, content, name, key);
        TestRecord record = parse(snapshot, body.raw(body.remaining(), "result"), name);
        if (!object.startsWith(Layout.tests(common.sourceId()) + "/" + TIME.format(record.at()) + "-")) {
            throw new DamagedException(
                    name + " is the result of another test. Somebody moved it; look at another" + " destination.");
        }
        return record;
    }

    private static Map<String, Object> json(TestRecord record) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("level", "restore");
        json.put("at", record.at().toString());
        json.put("by", record.by());
        json.put("from", record.from());
        json.put("files", record.files());
        json.put("bytes", record.bytes());
        json.put("restoreMillis", record.restore().toMillis());
        json.put("comparisonMillis", record.comparison().toMillis());
        List<Map<String, Object>> checks = new ArrayList<>();
        for (TestRecord.Check check : record.checks()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", check.name());
            one.put("passed", check.outcome() == TestRecord.Outcome.PASSED);
            one.put("millis", check.duration().toMillis());
            checks.add(one);
        }
        json.put("checks", checks);
        json.put("errors", record.errors());
        json.put("problems", record.problems());
        return json;
    }

    private static TestRecord parse(SnapshotId snapshot, byte[] body, String name) throws DamagedException {
        try {
            JsonDocument json = JsonDocument.parse(new String(body, StandardCharsets.UTF_8));
            List<TestRecord.Check> checks = new ArrayList<>();
            for (Object check : json.list("checks")) {
                JsonDocument one = JsonDocument.of(check);
                boolean isPassed = Boolean.TRUE.equals(one.find("passed").orElse(false));
                checks.add(new TestRecord.Check(
                        one.text("name"),
                        isPassed ? TestRecord.Outcome.PASSED : TestRecord.Outcome.FAILED,
                        Duration.ofMillis(one.large("millis"))));
            }
            return new TestRecord(
                    snapshot,
                    Instant.parse(json.text("at")),
                    json.text("by"),
                    json.texts("from"),
                    json.large("files"),
                    json.large("bytes"),
                    Duration.ofMillis(json.large("restoreMillis")),
                    Duration.ofMillis(json.large("comparisonMillis")),
                    checks,
                    json.large("errors"),
                    json.texts("problems"));
        } catch (DateTimeException | IOException e) {
            throw new DamagedException(
                    name + " is no result of a recovery test: " + e.getMessage() + ". Look at another destination.");
        }
    }
}
