package io.jenkins.plugins.provenbackup.engine.storage;

import java.time.Instant;
import java.util.OptionalInt;

/** What a {@link PlainTree} tells of a file, folder or link; links are not followed. Immutable. */
public final class PlainEntry {

    /** What it is. */
    public enum Kind {
        FILE,
        FOLDER,
        SYMLINK,
        /** A device, socket or the like. */
        OTHER
    }

    private final byte[] name;
    private final Kind kind;
    private final long size;
    private final Instant modified;
    private final OptionalInt mode;

    /**
     * An entry.
     *
     * @param name the last part of its path
     * @param size in bytes; 0 for anything but a file
     * @param modified by the clock of the storage, or as it was set
     * @param mode permission bits, where there are any
     */
    public PlainEntry(byte[] name, Kind kind, long size, Instant modified, OptionalInt mode) {
        this.name = name.clone();
        this.kind = kind;
        this.size = size;
        this.modified = modified;
        this.mode = mode;
    }

    /** The last part of its path; a copy. */
    public byte[] name() {
        return name.clone();
    }

    public Kind kind() {
        return kind;
    }

    public long size() {
        return size;
    }

    public Instant modified() {
        return modified;
    }

    public OptionalInt mode() {
        return mode;
    }
}
