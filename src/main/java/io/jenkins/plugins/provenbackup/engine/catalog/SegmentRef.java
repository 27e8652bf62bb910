package io.jenkins.plugins.provenbackup.engine.catalog;

import java.util.Objects;

/**
 * Where a sealed segment lies.
 *
 * @param id of the segment
 * @param object that holds it
 * @param offset of its first byte in the object
 * @param length of the sealed segment in bytes, above 0; it ends within the object
 */
public record SegmentRef(SegmentId id, CatalogObject object, long offset, int length) {
    public SegmentRef {
        Objects.requireNonNull(id);
        if (length <= 0 || offset < 0 || offset > object.size() - length) {
            throw new IllegalArgumentException("segment " + id + ", " + length + " bytes at " + offset
                    + ", is not within an object of " + object.size() + " bytes");
        }
    }
}
