package io.jenkins.plugins.provenbackup.jenkins.execution;

import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import io.jenkins.plugins.provenbackup.engine.transfer.StreamKeys;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;

/** Asks the controller for each stream that is read. */
final class AgentStreamKeys implements StreamKeys {

    private final StreamKeySource controller;

    AgentStreamKeys(StreamKeySource controller) {
        this.controller = controller;
    }

    @Override
    public StreamKey open(byte[] header) throws IOException {
        byte[] key;
        try {
            key = controller.key(header);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("cancelled");
        }
        try {
            return StreamKey.received(header, key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
