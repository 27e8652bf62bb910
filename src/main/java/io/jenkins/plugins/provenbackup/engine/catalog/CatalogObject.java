package io.jenkins.plugins.provenbackup.engine.catalog;

import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * An object under {@code catalogs/} that holds segments.
 *
 * @param hash its SHA-256, which is its name
 * @param size in bytes, above 0
 */
public record CatalogObject(ObjectHash hash, long size) {

    private static final int LEAST_BYTES = ObjectHash.LENGTH + 1;

    public CatalogObject {
        Objects.requireNonNull(hash);
        if (size <= 0) {
            throw new IllegalArgumentException("a catalog object has at least one byte, not " + size);
        }
    }

    /** Writes a table: number, then hash and size of each. */
    public static void writeTable(List<CatalogObject> objects, FieldWriter out) {
        out.varint(objects.size());
        for (CatalogObject object : objects) {
            out.raw(object.hash().toByteArray()).varint(object.size());
        }
    }

    /** Reads a table. */
    public static List<CatalogObject> readTable(FieldReader in) throws MalformedException {
        int count = in.count("the number of catalog objects", LEAST_BYTES, Integer.MAX_VALUE);
        List<CatalogObject> objects = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ObjectHash hash = ObjectHash.of(in.raw(ObjectHash.LENGTH, "the hash of a catalog object"));
            long size = in.varint("the size of a catalog object");
            if (size == 0) {
                throw in.malformed("catalog object " + hash + " is said to be empty");
            }
            objects.add(new CatalogObject(hash, size));
        }
        return objects;
    }
}
