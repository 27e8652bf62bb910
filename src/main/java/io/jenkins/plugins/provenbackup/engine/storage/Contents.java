package io.jenkins.plugins.provenbackup.engine.storage;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Compares what is stored with what should be. */
public final class Contents {

    private static final int BUFFER = 1 << 16;

    private Contents() {}

    /** Whether the stream holds exactly the payload; sizes were compared by the caller. */
    public static boolean same(InputStream stored, Payload payload) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER];
        for (int n = stored.read(buffer); n >= 0; n = stored.read(buffer)) {
            digest.update(buffer, 0, n);
        }
        return MessageDigest.isEqual(digest.digest(), payload.sha256());
    }

    /** Fails when a payload's stream did not give as many bytes as it had promised. */
    public static void requireComplete(long written, Payload payload) throws StorageException {
        if (written != payload.size()) {
            throw new StorageException(
                    "The content to be stored has " + written + " bytes instead of " + payload.size());
        }
    }

    /** The error for a name that is taken. */
    public static StorageException.Conflict conflict(String name, String location) {
        return new StorageException.Conflict("Object " + name + " at " + location
                + " exists already with other content. Objects are never overwritten: run verify to see which"
                + " copy is damaged.");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
