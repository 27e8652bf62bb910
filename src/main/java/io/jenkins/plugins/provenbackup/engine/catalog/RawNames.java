package io.jenkins.plugins.provenbackup.engine.catalog;

import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import java.io.File;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Carries file names between {@link Path} and the bytes that the file system knows, whatever the locale says. On Unix a
 * {@code Path} holds raw bytes, but its text form loses what the locale cannot spell (under {@code LANG=C} everything
 * that is not ASCII); only its percent-encoded {@code file:} URI shows all of them. Names of plain ASCII are the same
 * either way and take the short way through {@code String}. On Windows names are text, and their bytes are UTF-8.
 *
 * <p>All paths are of the default file system. Thread-safe; nothing here changes a file or follows a link.
 */
@SuppressFBWarnings(value = "DMI_HARDCODED_ABSOLUTE_FILENAME", justification = "NOWHERE is never opened")
public final class RawNames {

    private static final boolean WINDOWS = File.separatorChar == '\\';

    /** What is below a device is no directory and cannot be looked up, so {@code toUri} never adds a slash. */
    private static final Path NOWHERE = Path.of("/dev/null");

    private static final Path TOP = Path.of("/");

    /** Longer than PATH_MAX: the kernel refuses it before it looks at what comes before. */
    private static final String OVERLONG = "x".repeat(4096);

    private RawNames() {}

    /** The bytes of the last component of a path; empty when it has none ({@code /}). */
    public static byte[] nameOf(Path path) {
        Path name = path.getFileName();
        if (name == null) {
            return new byte[0];
        }
        String text = name.toString();
        if (isAscii(text)) {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }
        if (WINDOWS) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        String raw = NOWHERE.resolve(name).toUri().getRawPath();
        return unescape(raw, NOWHERE.toString().length() + 1, raw.length());
    }

    /**
     * The entry of that name in a directory.
     *
     * @throws IllegalArgumentException when the name cannot be that of one entry here: empty, {@code .}, {@code ..}, with
     *     a separator or NUL, or with what this system forbids
     */
    public static Path resolve(Path directory, byte[] name) {
        if (isNotAName(name)) {
            throw new IllegalArgumentException("not a file name: '" + PrintableName.of(name) + "'");
        }
        if (WINDOWS) {
            return single(directory, new String(name, StandardCharsets.UTF_8), name);
        }
        if (isAscii(name)) {
            return directory.resolve(new String(name, StandardCharsets.ISO_8859_1));
        }
        return directory.resolve(fromUri(name).getFileName());
    }

    /** What lies at that path below a directory; the root is the directory itself. */
    public static Path resolve(Path directory, EntryPath path) {
        byte[] bytes = path.rawBytes();
        if (bytes.length == 0) {
            return directory;
        }
        if (!WINDOWS && isAscii(bytes)) {
            return directory.resolve(new String(bytes, StandardCharsets.ISO_8859_1));
        }
        Path at = directory;
        int start = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '/') {
                at = resolve(at, Arrays.copyOfRange(bytes, start, i));
                start = i + 1;
            }
        }
        return at;
    }

    /**
     * All bytes of a path as it stands, relative or absolute, nothing normalised: what {@code readSymbolicLink} returned is
     * what the link says. Windows separators become slashes.
     */
    public static byte[] bytesOf(Path path) {
        String text = path.toString();
        if (WINDOWS) {
            return text.replace('\\', '/').getBytes(StandardCharsets.UTF_8);
        }
        if (isAscii(text)) {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }
        int suffix = OVERLONG.length() + 1;
        String raw = TOP.resolve(path).resolve(OVERLONG).toUri().getRawPath();
        return unescape(raw, path.isAbsolute() ? 0 : 1, raw.length() - suffix);
    }

    /**
     * A path of these bytes, relative or absolute: for {@code createSymbolicLink}, or for a list of paths read from a file.
     * Doubled slashes inside and one at the end are kept; what the JDK cannot hold (three in a row, two at the start) is
     * shortened to what means the same.
     *
     * @throws IllegalArgumentException when the bytes are empty, hold NUL, or are no path on this system
     */
    public static Path pathOf(byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("a path cannot be empty");
        }
        if (WINDOWS) {
            return Path.of(new String(bytes, StandardCharsets.UTF_8));
        }
        int cut = doubledSlash(bytes, 0);
        Path path = simplePathOf(Arrays.copyOf(bytes, cut));
        while (cut < bytes.length) {
            int from = cut;
            while (from < bytes.length && bytes[from] == '/') {
                from++;
            }
            cut = doubledSlash(bytes, from);
            if (cut > from) {
                // resolve() adds a slash to the one that the path ends with
                path = path.resolve(simplePathOf(Arrays.copyOfRange(bytes, from, cut)));
            }
        }
        return path;
    }

    private static Path simplePathOf(byte[] bytes) {
        if (bytes[0] == '/') {
            return fromUri(Arrays.copyOfRange(bytes, 1, bytes.length));
        }
        Path absolute = fromUri(bytes);
        return absolute.subpath(0, absolute.getNameCount());
    }

    /** Just behind the first slash that another one follows, or the end. */
    private static int doubledSlash(byte[] bytes, int from) {
        for (int i = from + 1; i < bytes.length; i++) {
            if (bytes[i] == '/' && bytes[i - 1] == '/') {
                return i;
            }
        }
        return bytes.length;
    }

    private static Path single(Path directory, String name, byte[] raw) {
        Path relative = directory.getFileSystem().getPath(name);
        if (relative.getNameCount() != 1
                || relative.getRoot() != null
                || !relative.toString().equals(name)) {
            throw new IllegalArgumentException("not a file name on this system: '" + PrintableName.of(raw) + "'");
        }
        return directory.resolve(relative);
    }

    /** The path {@code /bytes}. One slash at the end of a URI is dropped by the JDK, so one more is given. */
    private static Path fromUri(byte[] bytes) {
        StringBuilder uri = new StringBuilder("file:///".length() + 3 * bytes.length + 1).append("file:///");
        for (byte b : bytes) {
            if (b == '/' || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z') {
                uri.append((char) b);
            } else {
                uri.append('%').append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
            }
        }
        if (bytes.length > 0 && bytes[bytes.length - 1] == '/') {
            uri.append('/');
        }
        return Path.of(URI.create(uri.toString()));
    }

    private static byte[] unescape(String raw, int from, int to) {
        byte[] out = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                out[length++] =
                        (byte) (Character.digit(raw.charAt(i + 1), 16) << 4 | Character.digit(raw.charAt(i + 2), 16));
                i += 2;
            } else {
                out[length++] = (byte) c;
            }
        }
        return Arrays.copyOf(out, length);
    }

    private static boolean isNotAName(byte[] name) {
        if (name.length == 0 || name[0] == '.' && (name.length == 1 || name.length == 2 && name[1] == '.')) {
            return true;
        }
        for (byte b : name) {
            if (b == '/' || b == 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
