package io.jenkins.plugins.provenbackup.engine.serve;

import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Paths of requests as raw bytes, part by part: names are bytes, and need not be UTF-8. */
final class RequestPath {

    private static final int LONGEST = 1 << 16;

    private RequestPath() {}

    /**
     * The decoded parts of a raw path that begins with a slash; one slash at the end is left out. Empty when a part could
     * lead elsewhere, or is none: {@code .}, {@code ..}, nothing, or with a slash or NUL in it.
     */
    static Optional<List<ByteString>> parse(String rawPath) {
        if (!rawPath.startsWith("/") || rawPath.length() > LONGEST) {
            return Optional.empty();
        }
        String trimmed =
                rawPath.substring(1, rawPath.length() - (rawPath.length() > 1 && rawPath.endsWith("/") ? 1 : 0));
        List<ByteString> parts = new ArrayList<>();
        if (!trimmed.isEmpty()) {
            for (String part : trimmed.split("/", -1)) {
                Optional<ByteString> decoded = decode(part);
                if (decoded.isEmpty()) {
                    return Optional.empty();
                }
                parts.add(decoded.get());
            }
        }
        return Optional.of(parts);
    }

    /** A name for a path: what is not plain is percent-encoded, byte by byte (RFC 3986, section 2). */
    static String encode(ByteString name) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : name.toByteArray()) {
            boolean plain =
                    b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || "-._~".indexOf(b) >= 0;
            if (plain) {
                encoded.append((char) b);
            } else {
                encoded.append('%')
                        .append(Character.toUpperCase(Character.forDigit(b >> 4 & 15, 16)))
                        .append(Character.toUpperCase(Character.forDigit(b & 15, 16)));
            }
        }
        return encoded.toString();
    }

    private static Optional<ByteString> decode(String part) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '%') {
                boolean complete = i + 2 < part.length();
                int high = complete ? Character.digit(part.charAt(i + 1), 16) : -1;
                int low = complete ? Character.digit(part.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                bytes.write(high << 4 | low);
                i += 2;
            } else if (c < 0x80) {
                bytes.write(c);
            } else {
                return Optional.empty();
            }
        }
        ByteString name = ByteString.of(bytes.toByteArray());
        return isName(name.toByteArray()) ? Optional.of(name) : Optional.empty();
    }

    private static boolean isName(byte[] name) {
        if (name.length == 0 || name[0] == '.' && (name.length == 1 || name.length == 2 && name[1] == '.')) {
            return false;
        }
        for (byte b : name) {
            if (b == '/' || b == 0) {
                return false;
            }
        }
        return true;
    }
}
