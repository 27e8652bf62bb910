package io.jenkins.plugins.provenbackup.engine.repository;

import java.util.HexFormat;

/**
 * Which snapshot: the hash of its immutable part, the same at every destination.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record SnapshotId(String hex) implements Comparable<SnapshotId> {

    /** Length in bytes. */
    public static final int LENGTH = 32;

    /**
     * Checks the text.
     *
     * @throws IllegalArgumentException when it is not 64 lower-case hexadecimal digits
     */
    public SnapshotId {
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("'" + hex + "' is not a snapshot id: that has 64 hexadecimal digits");
        }
    }

    /** From its 32 bytes. */
    public static SnapshotId of(byte[] bytes) {
        return new SnapshotId(HexFormat.of().formatHex(bytes));
    }

    /** A new copy of the 32 bytes. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    /** The first eight digits, for people. */
    public String brief() {
        return hex.substring(0, 8);
    }

    @Override
    public int compareTo(SnapshotId other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
