package io.jenkins.plugins.provenbackup.engine.repository;

import io.jenkins.plugins.provenbackup.engine.catalog.CatalogObject;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which archives and catalog objects a destination holds, at the moment of the listing. Memory grows by about 100 bytes an
 * object. Safe for use by several threads.
 */
public final class Inventory {

    private static final Pattern HASHED = Pattern.compile("(?:archives|catalogs)/([0-9a-f]{2})/(\\1[0-9a-f]{62})");

    private final Map<ObjectHash, Long> archives;
    private final Map<ObjectHash, Long> catalogs;
    private final Set<ObjectHash> condemned;

    private Inventory(Map<ObjectHash, Long> archives, Map<ObjectHash, Long> catalogs, Set<ObjectHash> condemned) {
        this.archives = archives;
        this.catalogs = catalogs;
        this.condemned = condemned;
    }

    /** Lists a destination. */
    public static Inventory of(Replica replica) throws IOException {
        Set<ObjectHash> condemned = condemned(replica);
        return new Inventory(list(replica, Layout.ARCHIVES), list(replica, Layout.CATALOGS), condemned);
    }

    /** Whether the archive is there with its size, and will stay. */
    public boolean hasArchive(ObjectRef archive) {
        return has(archives, archive);
    }

    /** Whether the catalog object is there with its size, and will stay. */
    public boolean hasCatalog(CatalogObject catalog) {
        return has(catalogs, new ObjectRef(catalog.hash(), catalog.size()));
    }

    /** Whether a prune will delete the object, or has; it must not be named by anything new. */
    public boolean isCondemned(ObjectHash hash) {
        return condemned.contains(hash);
    }

    /** Whether everything that a snapshot names is there. */
    public boolean isComplete(Manifest manifest) {
        return manifest.header().archives().stream().allMatch(this::hasArchive)
                && manifest.header().catalogs().stream().allMatch(this::hasCatalog);
    }

    /** Archives by hash, with their sizes in bytes. */
    public Map<ObjectHash, Long> archives() {
        return Map.copyOf(archives);
    }

    /** Catalog objects and twins by hash, with their sizes in bytes. */
    public Map<ObjectHash, Long> catalogs() {
        return Map.copyOf(catalogs);
    }

    /** Bytes of all archives and catalog objects. */
    public long bytes() {
        return sum(archives) + sum(catalogs);
    }

    /** Of these, bytes that a prune will delete. */
    public long condemnedBytes() {
        return condemned.stream()
                .mapToLong(hash -> archives.getOrDefault(hash, 0L) + catalogs.getOrDefault(hash, 0L))
                .sum();
    }

    private static long sum(Map<ObjectHash, Long> sizes) {
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }

    private boolean has(Map<ObjectHash, Long> objects, ObjectRef ref) {
        Long size = objects.get(ref.hash());
        return size != null && size == ref.size() && !condemned.contains(ref.hash());
    }

    private static Map<ObjectHash, Long> list(Replica replica, String folder) throws StorageException {
        Map<ObjectHash, Long> found = new HashMap<>();
        for (StoredObject object : replica.storage().list(folder)) {
            var name = HASHED.matcher(object.name());
            if (name.matches()) {
                found.put(ObjectHash.parse(name.group(2)), object.size());
            }
        }
        return found;
    }

    private static Set<ObjectHash> condemned(Replica replica) throws IOException {
        Set<ObjectHash> condemned = new HashSet<>();
        for (PruneRecords.Listed listed : new PruneRecords(replica).list()) {
            condemned.addAll(listed.record().archives());
            condemned.addAll(listed.record().catalogs());
        }
        return condemned;
    }
}
