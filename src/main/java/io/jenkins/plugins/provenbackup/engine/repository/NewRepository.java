package io.jenkins.plugins.provenbackup.engine.repository;

import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import java.io.IOException;
import java.util.List;

/** Creates repositories. What a destination gets is complete before its {@code repository.json}, which is put last. */
public final class NewRepository {

    private NewRepository() {}

    /**
     * Refuses a place that holds a repository, or part of one.
     *
     * @throws StorageException when something of a repository is there
     */
    public static void requireFree(Storage storage) throws StorageException {
        if (storage.size(Layout.REPOSITORY).isPresent()) {
            throw new StorageException(
                    "There is a repository at " + storage.location() + " already. Use it, or choose another location.");
        }
        for (String folder : List.of(Layout.SNAPSHOTS, Layout.ARCHIVES, Layout.CATALOGS)) {
            if (!storage.list(folder).isEmpty()) {
                throw new StorageException("There are parts of a repository at " + storage.location() + ": " + folder
                        + "/ is not empty, but " + Layout.REPOSITORY
                        + " is gone. Copy that file from another destination, or choose another location.");
            }
        }
    }

    /** Makes an empty repository with these keys at one destination. */
    public static Replica create(Storage storage, RepositoryConfig config, RecoveryKey key, List<byte[]> slots)
            throws IOException {
        requireFree(storage);
        KeySlots.put(storage, slots);
        storage.put(Layout.epoch(key.newestEpoch()), new BytesPayload(EpochDocuments.sign(key, config.created())));
        storage.put(Layout.REPOSITORY, new BytesPayload(config.sign(key)));
        return Replica.open(storage);
    }

    /** Makes an empty repository with the keys of an existing one, as far as they are intact: a further destination. */
    public static Replica createLike(Replica existing, Storage storage) throws IOException {
        requireFree(storage);
        for (String folder : List.of(Layout.KEYS, Layout.EPOCHS)) {
            for (StoredObject object : existing.storage().list(folder)) {
                if (PlainRecord.isNameOf(object.name())) {
                    copyIntact(existing, object.name(), storage);
                }
            }
        }
        storage.put(Layout.REPOSITORY, new BytesPayload(existing.document()));
        return Replica.open(storage);
    }

    /**
     * Puts the description of a repository back where it was lost or damaged.
     *
     * @param intact whose description was found to be authentic
     */
    public static Replica describe(Replica intact, Storage storage) throws IOException {
        storage.delete(Layout.REPOSITORY);
        storage.put(Layout.REPOSITORY, new BytesPayload(intact.document()));
        return Replica.open(storage);
    }

    private static void copyIntact(Replica existing, String object, Storage storage) throws IOException {
        try {
            PlainRecord record = PlainRecord.read(existing, object);
            storage.put(object, new BytesPayload(record.content()));
        } catch (CryptoException damaged) {
            // A damaged one is worth nothing here either; verify tells of it where it lies.
            return;
        }
    }
}
