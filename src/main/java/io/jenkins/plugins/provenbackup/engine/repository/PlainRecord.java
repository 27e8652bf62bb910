package io.jenkins.plugins.provenbackup.engine.repository;

import io.jenkins.plugins.provenbackup.engine.catalog.FieldReader;
import io.jenkins.plugins.provenbackup.engine.catalog.MalformedException;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.crypto.Slot;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.crypto.UnsupportedFormatException;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A small object that is no manifest and no content: a key slot, an epoch, a record. Without a key it can be found to be
 * damaged or misplaced, never to be authentic.
 *
 * @param object its name
 * @param content its bytes, at most 1 MiB
 */
public record PlainRecord(String object, byte[] content) {

    /** The folders that hold such objects, in the order in which they are needed. */
    public static final List<String> FOLDERS =
            List.of(Layout.KEYS, Layout.EPOCHS, Layout.FORGOTTEN, Layout.HOLDS, Layout.TESTS);

    private static final Pattern SLOT = Pattern.compile("keys/[0-9a-f]{16}\\.json");
    private static final Pattern REMOVED = Pattern.compile("keys/([0-9a-f]{16})\\.removed");
    private static final Pattern EPOCH = Pattern.compile("epochs/([1-9][0-9]{0,8})\\.json");
    private static final Pattern TEST = Pattern.compile("tests/([0-9a-f]{32})/[0-9]{8}T[0-9]{6}Z-([0-9a-f]{64})");

    /** The magic of each sealed record, and what its header says after the common fields. */
    private static final Map<Pattern, String> SEALED = Map.of(
            Pattern.compile("forgotten/([0-9a-f]{64})"), "PBF1",
            Pattern.compile("holds/([0-9a-f]{64})/([0-9]{4})"), "PBH1");

    private static final int PREFIX = 8;

    /** Whether an object is of this kind, by its name. */
    public static boolean isNameOf(String object) {
        return SLOT.matcher(object).matches()
                || REMOVED.matcher(object).matches()
                || EPOCH.matcher(object).matches()
                || TEST.matcher(object).matches()
                || SEALED.keySet().stream()
                        .anyMatch(form -> form.matcher(object).matches());
    }

    /**
     * Reads one and checks what can be checked without a key.
     *
     * @throws io.jenkins.plugins.provenbackup.engine.storage.StorageException when it cannot be read
     * @throws DamagedException when it is not what its name says, or of another repository
     */
    public static PlainRecord read(Replica replica, String object) throws IOException {
        PlainRecord record = new PlainRecord(object, replica.readDocument(object));
        try {
            record.check(replica);
        } catch (MalformedException e) {
            throw damaged(replica.name(object), "is cut off or garbled");
        }
        return record;
    }

    /** Puts it and looks whether it arrived. */
    public void put(Replica replica) throws IOException {
        replica.storage().put(object, new BytesPayload(content));
        SealedManifest.requireStored(replica, object, content.length);
    }

    /**
     * Whether somebody with the key wrote it, where that can be told: of records of removals that the key covers.
     *
     * @throws DamagedException when nobody did
     */
    public void requireAuthentic(Replica replica, AccessKey key) throws IOException {
        if (!object.startsWith(Layout.FORGOTTEN + "/")) {
            return;
        }
        FieldReader header = header("PBF1", replica.name(object));
        Optional<SourceKey> source =
                key.sourceKey(SealedObject.Common.read(header).sourceId());
        if (source.isPresent()) {
            try (SourceKey opened = source.get()) {
                new ForgottenRecords(replica)
                        .read(new SnapshotId(object.substring(Layout.FORGOTTEN.length() + 1)), opened);
            } catch (CryptoException | MalformedException e) {
                throw new DamagedException(
                        replica.name(object) + " is no authentic record of a removal: it was damaged,"
                                + " or made up by somebody without the key. It counts for nothing.");
            }
        }
    }

    /** Puts it in the place of one that is damaged. */
    public void replace(Replica replica) throws IOException {
        replica.storage().delete(object);
        put(replica);
    }

    private void check(Replica replica) throws IOException {
        String where = replica.name(object);
        Matcher removed = REMOVED.matcher(object);
        Matcher epoch = EPOCH.matcher(object);
        Matcher test = TEST.matcher(object);
        if (SLOT.matcher(object).matches()) {
            checkSlot(where);
        } else if (removed.matches()) {
            checkRemoved(replica, removed.group(1), where);
        } else if (epoch.matches()) {
            checkEpoch(replica, Integer.parseInt(epoch.group(1)), where);
        } else if (test.matches()) {
            require(ObjectHash.ofContent(content).toString().equals(test.group(2)), where, "does not hash to its name");
            FieldReader header = header("PBT1", where);
            SealedObject.Common common = SealedObject.Common.read(header);
            require(common.repositoryId().equals(replica.id()), where, "belongs to another repository");
            require(common.sourceId().hex().equals(test.group(1)), where, "lies under another source's name");
        } else {
            checkSealed(replica, where);
        }
    }

    private void checkSlot(String where) throws DamagedException {
        try {
            Slot.parse(content, where);
        } catch (UnsupportedFormatException newer) {
            // Its check sum fits; newer programs know what it is.
            return;
        }
    }

    private void checkRemoved(Replica replica, String slot, String where) throws DamagedException {
        checkSigned(
                where,
                document -> document.text("repository").equals(replica.id().hex())
                        && document.text("slot").equals(slot));
    }

    private void checkEpoch(Replica replica, int number, String where) throws DamagedException {
        checkSigned(
                where,
                document ->
                        document.text("repository").equals(replica.id().hex()) && document.number("epoch") == number);
    }

    private interface Belonging {
        boolean holds(JsonDocument document) throws IOException;
    }

    private void checkSigned(String where, Belonging belonging) throws DamagedException {
        try {
            JsonDocument envelope = JsonDocument.parse(new String(content, StandardCharsets.UTF_8));
            envelope.text("signature");
            require(
                    belonging.holds(JsonDocument.parse(envelope.text("signed"))),
                    where,
                    "is of another repository, or lies under another's name");
        } catch (DamagedException e) {
            throw e;
        } catch (IOException e) {
            throw damaged(where, "is no signed document");
        }
    }

    private void checkSealed(Replica replica, String where) throws IOException {
        for (Map.Entry<Pattern, String> form : SEALED.entrySet()) {
            Matcher name = form.getKey().matcher(object);
            if (name.matches()) {
                FieldReader header = header(form.getValue(), where);
                SealedObject.Common common = SealedObject.Common.read(header);
                require(common.repositoryId().equals(replica.id()), where, "belongs to another repository");
                byte[] id = header.raw(SnapshotId.LENGTH, "snapshot id");
                require(HexFormat.of().formatHex(id).equals(name.group(1)), where, "is another snapshot's");
                if (name.groupCount() > 1) {
                    require(
                            header.u32("number") == Long.parseLong(name.group(2)),
                            where,
                            "lies under another record's name");
                }
                header.end();
                return;
            }
        }
        throw damaged(where, "is no record");
    }

    private FieldReader header(String magic, String where) throws IOException {
        FieldReader all = new FieldReader(content, where);
        boolean begins = content.length > PREFIX
                && new String(all.raw(SealedObject.MAGIC_LENGTH, "magic"), StandardCharsets.ISO_8859_1).equals(magic);
        require(begins, where, "does not begin as such a record does");
        long length = all.u32("length of header");
        require(length < content.length - PREFIX, where, "is cut off in its header");
        return new FieldReader(all.raw((int) length, "header"), "the header of " + where);
    }

    private static void require(boolean holds, String where, String otherwise) throws DamagedException {
        if (!holds) {
            throw damaged(where, otherwise);
        }
    }

    private static DamagedException damaged(String where, String what) {
        return new DamagedException(where + " is damaged: it " + what + ". Another destination may have it intact.");
    }
}
