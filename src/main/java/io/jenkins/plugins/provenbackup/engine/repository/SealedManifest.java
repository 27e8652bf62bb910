package io.jenkins.plugins.provenbackup.engine.repository;

import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/**
 * A manifest as it lies at a destination, with what its plain header says. That is enough to copy a snapshot without any
 * key, and proves nothing: only {@link #open} does.
 *
 * @param name of the object
 * @param id the snapshot
 * @param archives that the snapshot names
 * @param catalogs catalog objects that the snapshot names
 * @param object all its bytes
 */
public record SealedManifest(
        ManifestName name, SnapshotId id, List<ObjectRef> archives, List<ObjectRef> catalogs, byte[] object) {

    public SealedManifest {
        archives = List.copyOf(archives);
        catalogs = List.copyOf(catalogs);
    }

    /**
     * Reads one.
     *
     * @throws StorageException.Missing when it is not there
     * @throws DamagedException when its content does not fit its name, or it lies under another's name
     * @throws IOException when it cannot be read
     */
    public static SealedManifest read(Replica replica, ManifestName name) throws IOException {
        return read(replica, name.object(), name);
    }

    /** The same from the manifest's twin. */
    public static SealedManifest readTwin(Replica replica, ManifestName name) throws IOException {
        return read(replica, Layout.catalog(name.hash()), name);
    }

    private static SealedManifest read(Replica replica, String from, ManifestName name) throws IOException {
        String where = replica.name(from);
        byte[] object = replica.read(from, name.hash());
        ManifestHeader header = ManifestCodec.decodeHeader(object, where);
        if (!header.common().repositoryId().equals(replica.id())
                || !header.common().sourceId().equals(name.source())
                || header.history().sequence() != name.sequence()
                || header.generation() != name.generation()) {
            throw new DamagedException(where + " lies under another snapshot's name, or belongs to another repository."
                    + " Somebody moved it; use another destination.");
        }
        return new SealedManifest(
                name,
                header.id(),
                header.archives(),
                header.catalogs().stream()
                        .map(catalog -> new ObjectRef(catalog.hash(), catalog.size()))
                        .toList(),
                object);
    }

    /**
     * Opens it, which proves what the header says.
     *
     * @throws IOException when it is not authentic, or of an epoch that the key does not cover
     */
    public Manifest open(SourceKey key) throws IOException {
        return ManifestCodec.decode(object, name.object(), key);
    }

    /**
     * Puts it, its twin first, and looks whether both arrived. Everything that it names must be there already: this makes the
     * snapshot exist.
     *
     * @throws StorageException when it cannot be stored, or was accepted and is not there
     */
    public void put(Replica replica) throws StorageException {
        BytesPayload payload = new BytesPayload(object);
        for (String target : List.of(Layout.catalog(name.hash()), name.object())) {
            replica.storage().put(target, payload);
            requireStored(replica, target, object.length);
        }
    }

    /**
     * Makes sure that a destination has what it has just accepted.
     *
     * @throws StorageException when it has not
     */
    public static void requireStored(Replica replica, String object, long size) throws StorageException {
        OptionalLong there = replica.storage().size(object);
        if (there.isEmpty() || there.getAsLong() != size) {
            throw new StorageException(replica.name(object) + " was accepted, but "
                    + (there.isEmpty() ? "is not there" : "has " + there.getAsLong() + " bytes instead of " + size)
                    + ": this storage loses what it is given. Do not rely on it before you know why.");
        }
    }
}
