package io.jenkins.plugins.provenbackup.engine.repository;

import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceId;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The manifests at one destination. */
public final class SnapshotStore {

    private final Replica replica;

    public SnapshotStore(Replica replica) {
        this.replica = replica;
    }

    /**
     * A manifest's object.
     *
     * @param name its name
     * @param size bytes
     * @param modified the destination's time stamp
     */
    public record Listed(ManifestName name, long size, Instant modified) {}

    /**
     * A manifest that counts for nothing: its content does not fit its name, or is not authentic.
     *
     * @param listed the object
     * @param problem what is wrong with it
     */
    public record Broken(Listed listed, IOException problem) {}

    /**
     * What was found.
     *
     * @param manifests every generation of every snapshot, oldest first
     * @param broken what could not be used
     */
    public record Loaded(List<Manifest> manifests, List<Broken> broken) {}

    /** The manifests of a source, oldest first; nothing is opened. */
    public List<Listed> list(SourceId source) throws StorageException {
        return listFolder(Layout.snapshots(source));
    }

    /** The manifests of all sources, oldest first; nothing is opened. */
    public List<Listed> listAll() throws StorageException {
        return listFolder(Layout.SNAPSHOTS);
    }

    private List<Listed> listFolder(String folder) throws StorageException {
        List<Listed> found = new ArrayList<>();
        for (StoredObject object : replica.storage().list(folder)) {
            ManifestName.parse(object.name())
                    .ifPresent(name -> found.add(new Listed(name, object.size(), object.modified())));
        }
        found.sort((a, b) -> ManifestName.OLDEST_FIRST.compare(a.name(), b.name()));
        return found;
    }

    /** Opens all manifests that the key covers. */
    public Loaded load(AccessKey key) throws IOException {
        Optional<SourceKey> only = key instanceof SourceKey source ? Optional.of(source) : Optional.empty();
        List<Listed> listed = only.isPresent() ? list(only.get().sourceId()) : listAll();
        Map<SourceId, SourceKey> keys = new LinkedHashMap<>();
        try {
            List<Manifest> manifests = new ArrayList<>();
            List<Broken> broken = new ArrayList<>();
            for (Listed one : listed) {
                SourceKey sourceKey = keys.computeIfAbsent(
                        one.name().source(), source -> key.sourceKey(source).orElseThrow());
                try {
                    manifests.add(read(one.name(), sourceKey));
                } catch (StorageException.Missing forgotten) {
                    // by somebody else, since the listing
                } catch (StorageException e) {
                    throw e;
                } catch (IOException e) {
                    broken.add(new Broken(one, e));
                }
            }
            return new Loaded(manifests, broken);
        } finally {
            keys.values().forEach(SourceKey::close);
        }
    }

    /**
     * Opens one manifest.
     *
     * @throws DamagedException when its content does not fit its name or it is not authentic
     */
    public Manifest read(ManifestName name, SourceKey key) throws IOException {
        String object = name.object();
        Manifest manifest = ManifestCodec.decode(replica.read(object, name.hash()), replica.name(object), key);
        if (!manifest.sourceId().equals(name.source())
                || manifest.sequence() != name.sequence()
                || manifest.generation() != name.generation()) {
            throw new DamagedException(replica.name(object) + " lies under another snapshot's name."
                    + " Somebody moved it; use another destination, or 'recover'.");
        }
        return manifest;
    }

    /**
     * Puts a manifest, its twin first, and looks whether both arrived. Everything that it names must be here already: this
     * makes the snapshot exist.
     *
     * @param object the manifest as {@link Manifest#encode} made it, the same at every destination
     */
    public ManifestName put(Manifest manifest, byte[] object) throws IOException {
        BytesPayload payload = new BytesPayload(object);
        ManifestName name =
                new ManifestName(manifest.sourceId(), manifest.sequence(), manifest.generation(), payload.hash());
        for (String target : List.of(Layout.catalog(payload.hash()), name.object())) {
            replica.storage().put(target, payload);
            SealedManifest.requireStored(replica, target, object.length);
        }
        return name;
    }

    /**
     * A manifest that was found under {@code catalogs/}.
     *
     * @param manifest opened and authenticated
     * @param object its bytes
     */
    public record Twin(Manifest manifest, byte[] object) {}

    /**
     * Opens a catalog object if it is the twin of a manifest that the key covers.
     *
     * @throws IOException when it is damaged
     */
    public Optional<Twin> twin(ObjectHash hash, AccessKey key) throws IOException {
        String name = Layout.catalog(hash);
        byte[] start = replica.storage().read(name, 0, SealedObject.MAGIC_LENGTH);
        if (!SealedObject.isOf(SealedObject.Type.MANIFEST, start)) {
            return Optional.empty();
        }
        byte[] object = replica.read(name, hash);
        SourceId source =
                ManifestCodec.decodeHeader(object, replica.name(name)).common().sourceId();
        Optional<SourceKey> sourceKey = key.sourceKey(source);
        if (sourceKey.isEmpty()) {
            return Optional.empty();
        }
        try (SourceKey opened = sourceKey.get()) {
            return Optional.of(new Twin(ManifestCodec.decode(object, replica.name(name), opened), object));
        }
    }

    /** Deletes a manifest and its twin. */
    public void delete(ManifestName name) throws StorageException {
        replica.storage().delete(name.object());
        replica.storage().delete(Layout.catalog(name.hash()));
    }
}
