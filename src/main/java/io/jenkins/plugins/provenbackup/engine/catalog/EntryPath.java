package io.jenkins.plugins.provenbackup.engine.catalog;

import java.util.Arrays;

/**
 * A path inside a snapshot: raw bytes, components separated by {@code /}, no leading or trailing slash. The root of the
 * snapshot is the empty path. A component is never empty, {@code .} or {@code ..} and holds no NUL byte, so no path
 * leads outside the tree that it is resolved against.
 *
 * <p>The order is that of a walk which sorts each directory by name: component by component as unsigned bytes, a
 * directory before what it holds ({@code a}, {@code a/b}, {@code a-b}).
 */
public final class EntryPath implements Comparable<EntryPath> {

    public static final EntryPath ROOT = new EntryPath(new byte[0]);

    /** Longer paths are refused: 64 KiB, sixteen times what Linux takes in one call. */
    public static final int MAX_LENGTH = 1 << 16;

    private final byte[] bytes;

    private EntryPath(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A path from its bytes, which are copied.
     *
     * @throws IllegalArgumentException when a component is empty, {@code .}, {@code ..} or holds NUL, or the path is
     *     longer than {@link #MAX_LENGTH}
     */
    public static EntryPath of(byte[] bytes) {
        if (bytes.length == 0) {
            return ROOT;
        }
        check(bytes, 0);
        return new EntryPath(bytes.clone());
    }

    /** The path of a text in the form of {@link PrintableName}, with slashes at its ends ignored. */
    public static EntryPath parse(String text) {
        String trimmed = text.replaceAll("^/+|/+$", "");
        return of(PrintableName.parse(trimmed));
    }

    /**
     * The path of an entry of this directory.
     *
     * @throws IllegalArgumentException when the name is no legal component
     */
    public EntryPath child(byte[] name) {
        int prefix = bytes.length == 0 ? 0 : bytes.length + 1;
        byte[] joined = new byte[prefix + name.length];
        System.arraycopy(bytes, 0, joined, 0, bytes.length);
        if (prefix > 0) {
            joined[prefix - 1] = '/';
        }
        System.arraycopy(name, 0, joined, prefix, name.length);
        if (name.length == 0 || indexOfSlash(name, 0) >= 0) {
            throw new IllegalArgumentException("not a file name: '" + PrintableName.of(name) + "'");
        }
        check(joined, prefix);
        return new EntryPath(joined);
    }

    public boolean isRoot() {
        return bytes.length == 0;
    }

    /** The directory that holds this entry; the root's is the root. */
    public EntryPath parent() {
        int slash = lastSlash();
        return slash < 0 ? ROOT : new EntryPath(Arrays.copyOf(bytes, slash));
    }

    /** The last component; empty for the root. */
    public byte[] name() {
        return Arrays.copyOfRange(bytes, lastSlash() + 1, bytes.length);
    }

    /** Number of components; 0 for the root. */
    public int depth() {
        if (bytes.length == 0) {
            return 0;
        }
        int depth = 1;
        for (byte b : bytes) {
            if (b == '/') {
                depth++;
            }
        }
        return depth;
    }

    /** Whether this path is {@code directory} or lies anywhere below it. */
    public boolean isWithin(EntryPath directory) {
        int prefix = directory.bytes.length;
        return prefix == 0
                || bytes.length >= prefix
                        && Arrays.equals(bytes, 0, prefix, directory.bytes, 0, prefix)
                        && (bytes.length == prefix || bytes[prefix] == '/');
    }

    /**
     * This path as seen from {@code directory}, which it must be within.
     *
     * @throws IllegalArgumentException when it is not
     */
    public EntryPath relativeTo(EntryPath directory) {
        if (!isWithin(directory)) {
            throw new IllegalArgumentException("'" + this + "' is not within '" + directory + "'");
        }
        if (directory.isRoot() || bytes.length == directory.bytes.length) {
            return directory.isRoot() ? this : ROOT;
        }
        return new EntryPath(Arrays.copyOfRange(bytes, directory.bytes.length + 1, bytes.length));
    }

    /**
     * The path of what is called {@code below} as seen from this directory.
     *
     * @throws IllegalArgumentException when it gets longer than {@link #MAX_LENGTH}
     */
    public EntryPath resolve(EntryPath below) {
        if (isRoot() || below.isRoot()) {
            return isRoot() ? below : this;
        }
        byte[] joined = Arrays.copyOf(bytes, bytes.length + 1 + below.bytes.length);
        joined[bytes.length] = '/';
        System.arraycopy(below.bytes, 0, joined, bytes.length + 1, below.bytes.length);
        return of(joined);
    }

    /** Length in bytes. */
    public int length() {
        return bytes.length;
    }

    /** A copy of the bytes. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** The bytes themselves, for code of this package that does not change them. */
    byte[] rawBytes() {
        return bytes;
    }

    @Override
    public int compareTo(EntryPath other) {
        int at = Arrays.mismatch(bytes, other.bytes);
        if (at < 0) {
            return 0;
        }
        if (at == bytes.length || at == other.bytes.length) {
            return bytes.length - other.bytes.length;
        }
        return rank(bytes[at]) - rank(other.bytes[at]);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EntryPath that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** For messages; see {@link PrintableName}. */
    @Override
    public String toString() {
        return PrintableName.of(bytes);
    }

    /** A slash ends a component, and so sorts before every byte that goes on with it. */
    private static int rank(byte b) {
        return b == '/' ? 0 : b & 0xff;
    }

    private int lastSlash() {
        int at = bytes.length - 1;
        while (at >= 0 && bytes[at] != '/') {
            at--;
        }
        return at;
    }

    private static void check(byte[] path, int from) {
        if (path.length > MAX_LENGTH) {
            throw new IllegalArgumentException("a path of " + path.length + " bytes is too long (" + MAX_LENGTH + ")");
        }
        int start = from;
        while (start <= path.length) {
            int end = indexOfSlash(path, start);
            end = end < 0 ? path.length : end;
            checkComponent(path, start, end);
            start = end + 1;
        }
    }

    private static void checkComponent(byte[] path, int start, int end) {
        int length = end - start;
        boolean dots = length >= 1 && length <= 2 && path[start] == '.' && path[end - 1] == '.';
        boolean nul = false;
        for (int i = start; i < end; i++) {
            nul |= path[i] == 0;
        }
        if (length == 0 || dots || nul) {
            throw new IllegalArgumentException("not a path inside a snapshot: '" + PrintableName.of(path) + "'");
        }
    }

    private static int indexOfSlash(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '/') {
                return i;
            }
        }
        return -1;
    }
}
