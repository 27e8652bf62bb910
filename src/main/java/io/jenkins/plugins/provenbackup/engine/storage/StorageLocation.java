package io.jenkins.plugins.provenbackup.engine.storage;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a repository is, as the user typed it: a path, or a URI (RFC 3986) with an absolute path behind the host.
 *
 * @param scheme in lower case; {@code file} for a plain path
 * @param user decoded user name
 * @param host host name or address, without brackets; empty for {@code file}
 * @param port empty for the scheme's own
 * @param path decoded; absolute except for a relative local path
 * @param parameters what stands behind the question mark, decoded, in the order typed; only {@code s3} has any
 */
public record StorageLocation(
        String scheme,
        Optional<String> user,
        String host,
        OptionalInt port,
        String path,
        Map<String, String> parameters) {

    /** The scheme of local paths. */
    public static final String FILE = "file";

    // Two characters at least, so that a Windows drive is no scheme.
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(.*)", Pattern.DOTALL);
    private static final Pattern REMOTE = Pattern.compile(
            "//(?:([^/?#]*)@)?(\\[[0-9A-Fa-f:.%]+]|[^/?#:@\\[\\]]+)(?::([0-9]*))?(/[^?#]*)?(?:\\?([^?#]*))?");
    private static final Set<String> WITH_PARAMETERS = Set.of("s3");
    private static final Pattern NAME = Pattern.compile("[A-Za-z]+");
    private static final int LAST_PORT = 65535;

    public StorageLocation {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** A location without parameters. */
    public StorageLocation(String scheme, Optional<String> user, String host, OptionalInt port, String path) {
        this(scheme, user, host, port, path, Map.of());
    }

    /**
     * Reads a path or a URI.
     *
     * @throws StorageException when it cannot be understood or contains a password; the message never repeats one
     */
    public static StorageLocation parse(String text) throws StorageException {
        if (text.isBlank()) {
            throw new StorageException("The repository's location is empty. Give a path or a URI.");
        }
        Matcher uri = SCHEME.matcher(text);
        if (!uri.matches() || (!uri.group(2).startsWith("/") && !isFile(uri.group(1)))) {
            return local(text);
        }
        String scheme = uri.group(1).toLowerCase(Locale.ROOT);
        return scheme.equals(FILE) ? file(uri.group(2)) : remote(scheme, uri.group(2));
    }

    /** A local directory. */
    public static StorageLocation of(Path directory) {
        return new StorageLocation(FILE, Optional.empty(), "", OptionalInt.empty(), directory.toString());
    }

    /** Whether this is a directory of this machine. */
    public boolean isLocal() {
        return scheme.equals(FILE);
    }

    /** The path of a plain path; the URI, encoded and without password, of everything else. */
    @Override
    public String toString() {
        if (isLocal()) {
            return path;
        }
        try {
            return new URI(scheme, user.orElse(null), host, port.orElse(-1), path, null, null).toASCIIString()
                    + query();
        } catch (URISyntaxException e) {
            return scheme + "://" + host + path + query();
        }
    }

    private String query() {
        StringBuilder query = new StringBuilder();
        parameters.forEach((name, value) -> query.append(query.isEmpty() ? '?' : '&')
                .append(name)
                .append('=')
                .append(encode(value)));
        return query.toString();
    }

    private static boolean isFile(String scheme) {
        return scheme.equalsIgnoreCase(FILE);
    }

    private static StorageLocation local(String text) throws StorageException {
        try {
            return of(Path.of(text));
        } catch (InvalidPathException e) {
            throw new StorageException("Not a path: " + e.getMessage(), e);
        }
    }

    private static StorageLocation file(String rest) throws StorageException {
        String path = rest;
        if (rest.startsWith("//")) {
            int slash = rest.indexOf('/', 2);
            String host = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
            if (slash < 0 || !(host.isEmpty() || host.equals("localhost"))) {
                throw new StorageException("A file URI names no host: write file:///path instead of file:" + rest);
            }
            path = rest.substring(slash);
        }
        if (!path.startsWith("/")) {
            throw new StorageException("A file URI needs an absolute path: write file:///path instead of file:" + rest);
        }
        return local(decode(path));
    }

    private static StorageLocation remote(String scheme, String rest) throws StorageException {
        Matcher parts = REMOTE.matcher(rest);
        if (!parts.matches() || (parts.group(5) != null && !WITH_PARAMETERS.contains(scheme))) {
            throw new StorageException("Cannot understand this " + scheme + " URI. Write " + scheme
                    + "://user@host:port/path, and ?, # or % in names as %3F, %23 and %25.");
        }
        Optional<String> user = Optional.ofNullable(parts.group(1));
        if (user.isPresent() && user.get().contains(":")) {
            throw new StorageException("The " + scheme + " URI of host " + parts.group(2)
                    + " contains a password, which would end up in logs and process lists. Write " + scheme
                    + "://user@" + parts.group(2) + "/path and give the password separately.");
        }
        String path = parts.group(4) == null ? "/" : decode(parts.group(4));
        if (("/" + path + "/").contains("/../")) {
            throw new StorageException(
                    "The path of " + scheme + "://" + parts.group(2) + path + " must not contain ..");
        }
        return new StorageLocation(
                scheme,
                user.isPresent() && !user.get().isEmpty() ? Optional.of(decode(user.get())) : Optional.empty(),
                parts.group(2).replaceAll("^\\[|]$", ""),
                port(parts.group(3)),
                path,
                parameters(parts.group(5)));
    }

    private static Map<String, String> parameters(String query) throws StorageException {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (query == null || query.isEmpty()) {
            return parameters;
        }
        for (String part : query.split("&", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            // Not repeated: whoever puts a secret there should not find it in a log, too.
            if (!NAME.matcher(name).matches() || equals < 0) {
                throw new StorageException(
                        "Cannot understand what stands behind the ? of the URI. Write" + " ?name=value&name=value.");
            }
            if (parameters.put(name, decode(part.substring(equals + 1))) != null) {
                throw new StorageException("The URI gives " + name + " twice. Give it once.");
            }
        }
        return parameters;
    }

    /** For a query (RFC 3986, section 3.4): what needs no encoding there stays readable. */
    private static String encode(String value) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if ((c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "-._~:/[]@".indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    private static OptionalInt port(String digits) throws StorageException {
        if (digits == null || digits.isEmpty()) {
            return OptionalInt.empty();
        }
        int port = digits.length() > 5 ? 0 : Integer.parseInt(digits);
        if (port < 1 || port > LAST_PORT) {
            throw new StorageException("Not a port: " + digits + ". Ports are 1 to " + LAST_PORT + ".");
        }
        return OptionalInt.of(port);
    }

    private static String decode(String encoded) throws StorageException {
        byte[] bytes = encoded.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                decoded.write(bytes[i]);
                continue;
            }
            boolean complete = i + 2 < bytes.length;
            int high = complete ? Character.digit(bytes[i + 1], 16) : -1;
            int low = complete ? Character.digit(bytes[i + 2], 16) : -1;
            if (high < 0 || low < 0 || (high == 0 && low == 0)) {
                throw new StorageException(
                        "A % in a URI must be followed by two hexadecimal digits (%25 for % itself): " + encoded);
            }
            decoded.write((high << 4) | low);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(decoded.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new StorageException("Not UTF-8 after decoding: " + encoded, e);
        }
    }
}
