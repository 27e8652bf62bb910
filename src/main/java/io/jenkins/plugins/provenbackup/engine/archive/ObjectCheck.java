package io.jenkins.plugins.provenbackup.engine.archive;

import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Compares objects with their names, which needs no key. For one thread at a time. */
public final class ObjectCheck {

    private final MessageDigest digest = ObjectHash.newDigest();
    private final byte[] buffer = new byte[128 << 10];

    /**
     * Reads an object to its end, in constant memory.
     *
     * @param expected its name
     * @return its length in bytes
     * @throws DamagedException when the content has another hash
     */
    public long requireIntact(InputStream object, ObjectHash expected) throws IOException {
        digest.reset();
        long size = 0;
        for (int count = object.read(buffer); count >= 0; count = object.read(buffer)) {
            digest.update(buffer, 0, count);
            size += count;
        }
        if (!ObjectHash.of(digest.digest()).equals(expected)) {
            throw new DamagedException("Object " + expected + " is damaged: its " + size + " bytes have another hash."
                    + " Let verify --repair copy an intact one here from another destination.");
        }
        return size;
    }
}
