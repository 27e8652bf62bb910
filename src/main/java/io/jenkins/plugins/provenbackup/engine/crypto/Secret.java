package io.jenkins.plugins.provenbackup.engine.crypto;

import java.util.Arrays;

/** Secret bytes that are wiped on close and never shown. Safe for use by several threads until it is closed. */
final class Secret implements AutoCloseable {

    private final byte[] bytes;
    private volatile boolean closed;

    /** Takes over the array, which the caller must not use or keep. */
    Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The bytes themselves, not a copy; wiped when this is closed. */
    byte[] bytes() {
        if (closed) {
            throw new IllegalStateException("this key was closed and wiped already");
        }
        return bytes;
    }

    Secret copy() {
        return new Secret(bytes().clone());
    }

    @Override
    public void close() {
        closed = true;
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "[secret]";
    }
}
