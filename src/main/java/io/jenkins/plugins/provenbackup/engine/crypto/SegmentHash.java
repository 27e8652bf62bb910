package io.jenkins.plugins.provenbackup.engine.crypto;

import java.util.Arrays;
import javax.crypto.Mac;
import org.bouncycastle.crypto.macs.SipHash;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * What a source's segment key is for: the ids of catalog segments (HMAC-SHA-256, the first 16 bytes) and the paths after
 * which segments are cut (SipHash-2-4 of Aumasson and Bernstein, keyed by the first 16 bytes of the key). Both are keyed, so a
 * destination learns nothing about names from where segments begin. For one thread; closing wipes the copy of the key.
 */
public final class SegmentHash implements AutoCloseable {

    /** Length of a segment id in bytes. */
    public static final int ID_LENGTH = 16;

    private static final int KEY = 32;
    private static final int SIP_KEY = 16;

    private final Secret key;
    private final Mac mac;
    private final SipHash sip = new SipHash(2, 4);

    /**
     * Copies the key.
     *
     * @param segmentKey the source's segment key, 32 bytes; see {@link SourceKey#segmentKey}
     * @throws IllegalArgumentException when it has another length
     */
    public SegmentHash(byte[] segmentKey) {
        if (segmentKey.length != KEY) {
            throw new IllegalArgumentException("a segment key has 32 bytes, not " + segmentKey.length);
        }
        this.key = new Secret(segmentKey.clone());
        this.mac = Hashing.hmac(segmentKey);
        sip.init(new KeyParameter(key.bytes(), 0, SIP_KEY));
    }

    /** The id of a segment, as a new array of 16 bytes. */
    public byte[] idOf(byte[] segment) {
        return Arrays.copyOf(mac.doFinal(segment), ID_LENGTH);
    }

    /** SipHash-2-4 of a path, 64 bits. */
    public long ofPath(byte[] path) {
        sip.update(path, 0, path.length);
        return sip.doFinal();
    }

    @Override
    public void close() {
        key.close();
    }

    @Override
    public String toString() {
        return "[secret segment hash]";
    }
}
