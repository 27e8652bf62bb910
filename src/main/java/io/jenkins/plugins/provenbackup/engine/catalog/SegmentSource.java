package io.jenkins.plugins.provenbackup.engine.catalog;

import java.io.IOException;

/** Fetches sealed segments from wherever their objects are. */
public interface SegmentSource {

    /**
     * The sealed bytes of a segment: {@code segment.length()} bytes at {@code segment.offset()} of its object. They need not be
     * checked; the reader does that.
     */
    byte[] sealed(SegmentRef segment) throws IOException;

    /**
     * The opened segment. A source of several places tries the next one where the bytes of the first cannot be opened.
     *
     * @throws IOException as the opener throws it when no place gives an intact segment
     */
    default byte[] opened(SegmentRef segment, Opener opener) throws IOException {
        return opener.open(sealed(segment));
    }

    /** Opens sealed bytes, and so finds out whether they are intact. */
    @FunctionalInterface
    interface Opener {
        byte[] open(byte[] sealed) throws IOException;
    }
}
