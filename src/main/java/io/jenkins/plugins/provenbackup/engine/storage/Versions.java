package io.jenkins.plugins.provenbackup.engine.storage;

import java.util.List;

/**
 * What a storage can do that keeps what was overwritten or deleted (S3 versioning). Safe for several threads; errors are
 * those of {@link Storage}.
 */
public interface Versions {

    /**
     * An object that was overwritten or deleted.
     *
     * @param name the object
     * @param versions how many contents are kept of it
     * @param deleted whether the newest is a delete marker, so that the object seems to be missing
     */
    record Changed(String name, int versions, boolean deleted) {}

    /** All objects below a folder, as for {@link Storage#list}, that are not one version and nothing else. */
    List<Changed> changed(String folder) throws StorageException;

    /**
     * Looks for the version with this content, and makes {@link Storage#open}, {@link Storage#read} and
     * {@link Storage#size} of this storage take it from now on. Nothing is changed at the destination. Reads versions from
     * start to end until one fits.
     *
     * @return whether there is one
     */
    boolean select(String name, ObjectHash content) throws StorageException;

    /**
     * Makes the version with this content the newest again, for every reader.
     *
     * @return whether there is one
     */
    boolean restore(String name, ObjectHash content) throws StorageException;
}
