package io.jenkins.plugins.provenbackup.engine.repository;

import com.fasterxml.jackson.jr.ob.JSON;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.SignedDocument;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.crypto.UnknownEpochException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The published public keys of the epochs. Writers never encrypt to what lies there, so a false one harms nobody; a signed one says
 * that an epoch has begun, and ends the use of older keys.
 */
public final class EpochDocuments {

    private static final String TYPE = "epoch";
    private static final Pattern NAME = Pattern.compile(Layout.EPOCHS + "/([1-9][0-9]{0,8})\\.json");

    private EpochDocuments() {}

    /** The document of a key's newest epoch. */
    public static byte[] sign(RecoveryKey key, Instant created) throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("format", RepositoryConfig.FORMAT);
        document.put("repository", key.repositoryId().hex());
        document.put("epoch", key.newestEpoch());
        document.put("created", created.toString());
        document.put("kem", "X-Wing");
        document.put("publicKey", Base64.getEncoder().encodeToString(key.publicKey(key.newestEpoch())));
        return SignedDocument.sign(TYPE, JSON.std.asString(document), key);
    }

    /**
     * The public key that a document publishes.
     *
     * @param name what messages call the document
     * @throws CryptoException when the owner of the key did not sign it, or it is another epoch's or repository's
     */
    static byte[] publicKey(byte[] object, int epoch, AccessKey key, String name) throws CryptoException {
        String text = SignedDocument.verify(TYPE, object, key.verificationKey());
        try {
            JsonDocument document = JsonDocument.parse(text);
            if (key.repositoryId().hex().equals(document.text("repository")) && document.number("epoch") == epoch) {
                return Base64.getDecoder().decode(document.text("publicKey"));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new DamagedException(name + " is damaged. Copy it from another destination of this repository.");
        }
        throw wrong(name);
    }

    /**
     * Checks the newest epoch's document against the key at hand.
     *
     * @throws UnknownEpochException when a newer epoch has begun: this key must not be used to write
     * @throws CryptoException when the document is missing, unsigned, or another key's
     */
    public static void verify(Replica replica, AccessKey key) throws IOException {
        requireNewest(replica, key);
        verify(replica, key, key.newestEpoch());
    }

    /**
     * Checks one epoch's document against the key at hand.
     *
     * @throws CryptoException when it is missing, unsigned, or another key's
     */
    public static void verify(Replica replica, AccessKey key, int epoch) throws IOException {
        String name = replica.name(Layout.epoch(epoch));
        byte[] published = publicKey(read(replica, epoch), epoch, key, name);
        if (!Arrays.equals(published, key.publicKey(epoch))) {
            throw wrong(name);
        }
    }

    /** Whether the owner of the key signed the document of any epoch there, so that it is a copy of his repository. */
    public static boolean isOwned(Replica replica, AccessKey key) throws IOException {
        for (Map.Entry<Integer, String> document : list(replica).entrySet()) {
            try {
                byte[] object = replica.readDocument(document.getValue());
                publicKey(object, document.getKey(), key, replica.name(document.getValue()));
                return true;
            } catch (StorageException.Missing | CryptoException e) {
                // Another may tell.
            }
        }
        return false;
    }

    /** Whether a destination publishes the newest epoch of this key. */
    public static boolean isPublished(Replica replica, AccessKey key) throws IOException {
        try {
            int epoch = key.newestEpoch();
            byte[] object = replica.readDocument(Layout.epoch(epoch));
            return Arrays.equals(publicKey(object, epoch, key, "The epoch document"), key.publicKey(epoch));
        } catch (StorageException.Missing | CryptoException e) {
            return false;
        }
    }

    /** The highest number of which there is a document, signed or not; for lists that are made without a key. */
    public static OptionalInt highestNumber(Replica replica) throws IOException {
        return list(replica).keySet().stream().mapToInt(number -> number).max();
    }

    /** Whether an object of this name is one. */
    public static boolean isOne(String object) {
        return NAME.matcher(object).matches();
    }

    /** Names of the documents by number. */
    static Map<Integer, String> list(Replica replica) throws IOException {
        Map<Integer, String> names = new TreeMap<>();
        for (StoredObject object : replica.storage().list(Layout.EPOCHS)) {
            Matcher matcher = NAME.matcher(object.name());
            if (matcher.matches()) {
                names.put(Integer.valueOf(matcher.group(1)), object.name());
            }
        }
        return names;
    }

    /** A key from before a rotation would encrypt to the old epoch, and could not read what is newer. */
    private static void requireNewest(Replica replica, AccessKey key) throws IOException {
        int next = key.newestEpoch() + 1;
        byte[] object;
        try {
            object = replica.readDocument(Layout.epoch(next));
        } catch (StorageException.Missing e) {
            return;
        }
        publicKey(object, next, key, replica.name(Layout.epoch(next)));
        throw new UnknownEpochException("The keys of this repository were rotated (" + replica.name(Layout.epoch(next))
                + "), and this " + key.kind().label() + " knows only epoch " + key.newestEpoch() + ". " + wayOut(key));
    }

    /** How to come by a key that is not outdated. */
    public static String wayOut(AccessKey key) {
        if (key instanceof SourceKey source) {
            return "Export it again, with 'key export-backup-key --source "
                    + source.sourceName().orElse("NAME") + " FILE', and replace this key file.";
        }
        return key.kind() == AccessKey.Kind.BACKUP
                ? "Export it again, with 'key export-backup-key FILE', and replace this key file."
                : "Open the repository with a passphrase or a personal key.";
    }

    private static byte[] read(Replica replica, int epoch) throws IOException {
        try {
            return replica.readDocument(Layout.epoch(epoch));
        } catch (StorageException.Missing e) {
            throw new DamagedException(replica.name(Layout.epoch(epoch)) + " is missing"
                    + (epoch == 1
                            ? ". Copy it from another destination, with 'verify --repair'."
                            : ": this destination has no part in the last rotation of the keys. Run 'key rotate' again"
                                    + " with all destinations, which completes it."));
        }
    }

    private static DamagedException wrong(String name) {
        return new DamagedException(name + " holds another epoch's or repository's public key."
                + " Copy it from another destination of this repository.");
    }
}
