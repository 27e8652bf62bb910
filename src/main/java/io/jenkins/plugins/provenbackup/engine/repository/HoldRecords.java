package io.jenkins.plugins.provenbackup.engine.repository;

import com.fasterxml.jackson.jr.ob.JSON;
import io.jenkins.plugins.provenbackup.engine.catalog.FieldReader;
import io.jenkins.plugins.provenbackup.engine.catalog.FieldWriter;
import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which snapshots must stay, at one destination. Records are written once: a snapshot is let go by another record, with the
 * next number.
 */
public final class HoldRecords {

    private static final Pattern NAME = Pattern.compile("holds/([0-9a-f]{64})/([0-9]{4})");
    private static final int MOST = 9_999;

    private final Replica replica;

    public HoldRecords(Replica replica) {
        this.replica = replica;
    }

    /**
     * What was said of a snapshot.
     *
     * @param held whether it must stay
     * @param reason for people
     * @param by who said so, as user@host
     * @param at when, by their clock
     */
    public record Hold(boolean held, String reason, String by, Instant at) {}

    /** The snapshots that have records, each with the highest number; nothing is opened. */
    public Map<SnapshotId, Integer> list() throws StorageException {
        Map<SnapshotId, Integer> newest = new HashMap<>();
        for (StoredObject object : replica.storage().list(Layout.HOLDS)) {
            var name = NAME.matcher(object.name());
            if (name.matches()) {
                newest.merge(new SnapshotId(name.group(1)), Integer.parseInt(name.group(2)), Math::max);
            }
        }
        return newest;
    }

    /**
     * A record as an object: the same bytes go to every destination.
     *
     * @param number one more than the highest at any destination, 0 to 9999
     */
    public static byte[] encode(Manifest manifest, int number, Hold hold, SourceKey key) throws IOException {
        if (number > MOST) {
            throw new StorageException("Snapshot " + manifest.id().brief() + " was held and released " + number
                    + " times, and there is no room for more.");
        }
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("held", hold.held());
        record.put("reason", hold.reason());
        record.put("by", hold.by());
        record.put("at", hold.at().toString());
        FieldWriter header = manifest.header().common().begin();
        header.raw(manifest.id().bytes());
        header.u32(number);
        byte[] body = JSON.std.asString(record).getBytes(StandardCharsets.UTF_8);
        return SealedObject.encode(SealedObject.Type.HOLD, header.toByteArray(), body, key, manifest.epoch());
    }

    /**
     * Puts a record.
     *
     * @throws StorageException.Conflict when somebody else took the number
     */
    public void put(SnapshotId snapshot, int number, byte[] record) throws StorageException {
        replica.storage().put(Layout.hold(snapshot, number), new BytesPayload(record));
    }

    /**
     * Opens a record.
     *
     * @throws CryptoException when it is not authentic; a snapshot with such a record is better kept
     */
    public Hold read(SnapshotId snapshot, int number, SourceKey key) throws IOException {
        String object = Layout.hold(snapshot, number);
        String name = replica.name(object);
        byte[] content = replica.read(object);
        FieldReader header = SealedObject.header(SealedObject.Type.HOLD, content, name);
        SealedObject.Common.read(header);
        SnapshotId named = SnapshotId.of(header.raw(SnapshotId.LENGTH, "snapshot id"));
        int numbered = SealedObject.number(header, "number");
        header.end();
        FieldReader body = SealedObject.body(SealedObject.Type.HOLD, content, name, key);
        if (!named.equals(snapshot) || numbered != number) {
            throw new DamagedException(
                    name + " lies under another record's name. Somebody moved it; look at another" + " destination.");
        }
        return hold(body.raw(body.remaining(), "record"), name);
    }

    private static Hold hold(byte[] body, String name) throws DamagedException {
        try {
            Map<String, Object> record = JSON.std.mapFrom(new String(body, StandardCharsets.UTF_8));
            return new Hold(
                    !Boolean.FALSE.equals(record.get("held")),
                    Optional.ofNullable(record.get("reason"))
                            .map(String::valueOf)
                            .orElse(""),
                    String.valueOf(record.get("by")),
                    Instant.parse(String.valueOf(record.get("at"))));
        } catch (IOException | DateTimeException e) {
            throw new DamagedException(name + " is no record of a hold. Look at another destination.");
        }
    }
}
