package io.jenkins.plugins.provenbackup.engine.serve;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes that a request asks for (RFC 9110, section 14).
 *
 * @param from first byte
 * @param to behind the last byte
 */
record ByteRange(long from, long to) {

    private static final Pattern SINGLE = Pattern.compile("bytes=\\s*([0-9]{0,18})-([0-9]{0,18})\\s*");

    /** The bytes asked for do not exist. */
    static final class UnsatisfiableException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    long length() {
        return to - from;
    }

    /**
     * Reads a header. Empty for what may be answered with the whole file: several ranges, other units, nonsense.
     *
     * @param size of the file
     */
    static Optional<ByteRange> parse(String header, long size) throws UnsatisfiableException {
        Matcher range = SINGLE.matcher(header);
        if (!range.matches() || range.group(1).isEmpty() && range.group(2).isEmpty()) {
            return Optional.empty();
        }
        if (range.group(1).isEmpty()) {
            long last = Long.parseLong(range.group(2));
            if (last == 0 || size == 0) {
                throw new UnsatisfiableException();
            }
            return Optional.of(new ByteRange(Math.max(0, size - last), size));
        }
        long from = Long.parseLong(range.group(1));
        long to = range.group(2).isEmpty() ? size : Math.min(size, Long.parseLong(range.group(2)) + 1);
        if (!range.group(2).isEmpty() && Long.parseLong(range.group(2)) < from) {
            return Optional.empty();
        }
        if (from >= size) {
            throw new UnsatisfiableException();
        }
        return Optional.of(new ByteRange(from, to));
    }
}
