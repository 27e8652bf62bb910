package io.jenkins.plugins.provenbackup.jenkins.execution;

import java.io.IOException;

/** Opens on the controller, for an agent, the streams that a restore needs. Called over Remoting, by several threads. */
public interface StreamKeySource {

    /**
     * The key of one stream.
     *
     * @param header the stream's header as it stands in an archive
     * @throws IOException when the snapshot that is restored does not name the stream, or the header is damaged
     */
    byte[] key(byte[] header) throws IOException, InterruptedException;
}
