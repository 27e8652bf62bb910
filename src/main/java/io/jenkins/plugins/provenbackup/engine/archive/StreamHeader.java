package io.jenkins.plugins.provenbackup.engine.archive;

import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;

/**
 * A stream's header as it stands in archives.
 *
 * @param id the stream
 * @param bytes the header, {@link StreamKey#HEADER_LENGTH} bytes; not to be changed
 */
record StreamHeader(StreamId id, byte[] bytes) {

    static StreamHeader of(byte[] bytes) {
        if (bytes.length != StreamKey.HEADER_LENGTH) {
            throw new IllegalArgumentException(
                    "a stream header has " + StreamKey.HEADER_LENGTH + " bytes, not " + bytes.length);
        }
        return new StreamHeader(StreamKey.idOf(bytes), bytes);
    }
}
