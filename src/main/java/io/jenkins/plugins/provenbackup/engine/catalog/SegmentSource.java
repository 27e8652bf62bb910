package io.jenkins.plugins.provenbackup.engine.catalog;

import java.io.IOException;

/** Fetches sealed segments from wherever their objects are. */
public interface SegmentSource {

    /**
     * The sealed bytes of a segment: {@code segment.length()} bytes at {@code segment.offset()} of its object. They need not be
     * checked; the reader does that.
     */
    byte[] sealed(SegmentRef segment) throws IOException;
}
