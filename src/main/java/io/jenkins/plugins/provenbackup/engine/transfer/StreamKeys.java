package io.jenkins.plugins.provenbackup.engine.transfer;

import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import java.io.IOException;

/** Opens streams: with the recovery key here, or by asking somebody who has it. Safe for use by several threads. */
@FunctionalInterface
public interface StreamKeys {

    /**
     * The key of a stream; the caller closes it.
     *
     * @param header the stream's header as it stands in an archive
     */
    StreamKey open(byte[] header) throws IOException;
}
