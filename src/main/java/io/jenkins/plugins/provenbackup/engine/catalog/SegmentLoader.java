package io.jenkins.plugins.provenbackup.engine.catalog;

import java.io.IOException;

/** Fetches segments and opens them. */
final class SegmentLoader {

    private final SegmentSource source;
    private final SegmentSealing sealing;

    SegmentLoader(SegmentSource source, SegmentSealing sealing) {
        this.source = source;
        this.sealing = sealing;
    }

    byte[] load(SegmentRef ref) throws IOException {
        return source.opened(ref, bytes -> open(ref, bytes));
    }

    private byte[] open(SegmentRef ref, byte[] sealed) throws IOException {
        if (sealed.length != ref.length()) {
            throw new MalformedException(
                    SegmentSealing.nameOf(ref.id()), sealed.length + " bytes of " + ref.length() + " are there");
        }
        return sealing.open(ref.id(), sealed);
    }
}
