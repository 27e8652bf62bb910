package io.jenkins.plugins.provenbackup.engine.repository;

import com.fasterxml.jackson.jr.ob.JSON;
import com.fasterxml.jackson.jr.ob.JSONObjectException;
import io.jenkins.plugins.provenbackup.engine.catalog.FieldReader;
import io.jenkins.plugins.provenbackup.engine.catalog.FieldWriter;
import io.jenkins.plugins.provenbackup.engine.catalog.MalformedException;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What was forgotten on purpose, at one destination. */
public final class ForgottenRecords {

    /** The tag of a snapshot that was copied from another repository; its record keeps it, so that it is not copied again. */
    public static final String ORIGIN = "copied-from";

    private static final Pattern NAME = Pattern.compile("forgotten/([0-9a-f]{64})");

    private final Replica replica;

    public ForgottenRecords(Replica replica) {
        this.replica = replica;
    }

    /**
     * Why a snapshot was forgotten.
     *
     * @param rule the rule that no longer kept it
     * @param by who ran the command, as user@host
     * @param at when, by their clock
     */
    public record Reason(String rule, String by, Instant at) {}

    /** The snapshots that have a record. */
    public Set<SnapshotId> list() throws StorageException {
        Set<SnapshotId> ids = new LinkedHashSet<>();
        for (StoredObject object : replica.storage().list(Layout.FORGOTTEN)) {
            var name = NAME.matcher(object.name());
            if (name.matches()) {
                ids.add(new SnapshotId(name.group(1)));
            }
        }
        return ids;
    }

    /** Puts a record, unless there is one already. */
    public void put(Manifest manifest, Reason reason, SourceKey key) throws IOException {
        if (replica.storage().size(Layout.forgotten(manifest.id())).isPresent()) {
            return;
        }
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("rule", reason.rule());
        record.put("by", reason.by());
        record.put("at", reason.at().toString());
        Optional.ofNullable(manifest.tags().get(ORIGIN)).ifPresent(origin -> record.put(ORIGIN, origin));
        FieldWriter header = manifest.header().common().begin();
        header.raw(manifest.id().bytes());
        byte[] body = JSON.std.asString(record).getBytes(StandardCharsets.UTF_8);
        byte[] object =
                SealedObject.encode(SealedObject.Type.FORGOTTEN, header.toByteArray(), body, key, manifest.epoch());
        replica.storage().put(Layout.forgotten(manifest.id()), new BytesPayload(object));
    }

    /**
     * Opens a record.
     *
     * @throws IOException when it is not authentic, so that nobody can say who removed the snapshot
     */
    public Reason read(SnapshotId snapshot, SourceKey key) throws IOException {
        String object = Layout.forgotten(snapshot);
        String name = replica.name(object);
        byte[] content = replica.read(object);
        FieldReader header = SealedObject.header(SealedObject.Type.FORGOTTEN, content, name);
        SealedObject.Common.read(header);
        SnapshotId named = SnapshotId.of(header.raw(SnapshotId.LENGTH, "snapshot id"));
        header.end();
        FieldReader body = SealedObject.body(SealedObject.Type.FORGOTTEN, content, name, key);
        if (!named.equals(snapshot)) {
            throw new DamagedException(name + " is the record of another snapshot, " + named.brief()
                    + ". Somebody moved it; look at another destination.");
        }
        return reason(body.raw(body.remaining(), "record"), name);
    }

    /** Where a snapshot had been copied from, if an authentic record says so. */
    public Optional<String> origin(SnapshotId snapshot, AccessKey key) throws IOException {
        String object = Layout.forgotten(snapshot);
        String name = replica.name(object);
        try {
            byte[] content = replica.read(object);
            SealedObject.Common common =
                    SealedObject.Common.read(SealedObject.header(SealedObject.Type.FORGOTTEN, content, name));
            Optional<SourceKey> sourceKey = key.sourceKey(common.sourceId());
            if (sourceKey.isEmpty()) {
                return Optional.empty();
            }
            try (SourceKey opened = sourceKey.get()) {
                FieldReader body = SealedObject.body(SealedObject.Type.FORGOTTEN, content, name, opened);
                byte[] record = body.raw(body.remaining(), "record");
                return Optional.ofNullable(JSON.std.mapFrom(new String(record, StandardCharsets.UTF_8)))
                        .map(members -> members.get(ORIGIN))
                        .map(String::valueOf);
            }
        } catch (StorageException.Missing | CryptoException | MalformedException | JSONObjectException e) {
            // No record here, or none that anybody with the key wrote.
            return Optional.empty();
        }
    }

    private static Reason reason(byte[] body, String name) throws DamagedException {
        try {
            Map<String, Object> record = JSON.std.mapFrom(new String(body, StandardCharsets.UTF_8));
            return new Reason(
                    String.valueOf(record.get("rule")),
                    String.valueOf(record.get("by")),
                    Instant.parse(String.valueOf(record.get("at"))));
        } catch (IOException | DateTimeException e) {
            throw new DamagedException(name + " is no record of a removal. Look at another destination.");
        }
    }
}
