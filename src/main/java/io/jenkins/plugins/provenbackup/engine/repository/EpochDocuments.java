package io.jenkins.plugins.provenbackup.engine.repository;

import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.crypto.SignedDocument;
import io.jenkins.plugins.provenbackup.engine.crypto.UnknownEpochException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;

/** The published public keys of the epochs; writers never use them, so a false one harms nobody, but somebody put it there. */
public final class EpochDocuments {

    static final String TYPE = "epoch";

    private EpochDocuments() {}

    /**
     * Checks the newest epoch's document against the key at hand.
     *
     * @throws CryptoException when it is missing, unsigned, or another key's, or when there is a newer epoch
     */
    public static void verify(Replica replica, AccessKey key) throws IOException {
        requireNewest(replica, key.newestEpoch());
        verify(replica, key, key.newestEpoch());
    }

    /**
     * Checks one epoch's document against the key at hand.
     *
     * @throws CryptoException when it is missing, unsigned, or another key's
     */
    public static void verify(Replica replica, AccessKey key, int epoch) throws IOException {
        String name = replica.name(Layout.epoch(epoch));
        String text = SignedDocument.verify(TYPE, read(replica, epoch), key.verificationKey());
        try {
            JsonDocument document = JsonDocument.parse(text);
            byte[] published = Base64.getDecoder().decode(document.text("publicKey"));
            if (!key.repositoryId().hex().equals(document.text("repository"))
                    || document.number("epoch") != epoch
                    || !Arrays.equals(published, key.publicKey(epoch))) {
                throw new DamagedException(name + " holds another epoch's or repository's public key."
                        + " Copy it from another destination of this repository.");
            }
        } catch (CryptoException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw new DamagedException(name + " is damaged. Copy it from another destination of this repository.");
        }
    }

    /** A key from before a rotation would encrypt to the old epoch, and could not read what is newer. */
    private static void requireNewest(Replica replica, int epoch) throws IOException {
        if (replica.storage().size(Layout.epoch(epoch + 1)).isPresent()) {
            throw new UnknownEpochException(replica.name(Layout.epoch(epoch + 1))
                    + " says that the keys were rotated; this key only knows epoch " + epoch
                    + ". Export it again with 'key export-backup-key'.");
        }
    }

    private static byte[] read(Replica replica, int epoch) throws IOException {
        try {
            return replica.readDocument(Layout.epoch(epoch));
        } catch (StorageException.Missing e) {
            throw new DamagedException(replica.name(Layout.epoch(epoch))
                    + " is missing. Copy it from another destination of this repository.");
        }
    }
}
