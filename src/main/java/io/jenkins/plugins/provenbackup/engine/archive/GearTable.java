package io.jenkins.plugins.provenbackup.engine.archive;

import io.jenkins.plugins.provenbackup.engine.crypto.Hkdf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The secret table that says where chunks end, so that chunk lengths tell a destination nothing about known files. */
final class GearTable {

    static final int SIZE = 256;

    private static final byte[] INFO = "proven-backup gear table".getBytes(StandardCharsets.US_ASCII);

    private GearTable() {}

    static long[] derive(byte[] gearKey) {
        byte[] bytes = Hkdf.expand(gearKey, INFO, SIZE * Long.BYTES);
        long[] table = new long[SIZE];
        ByteBuffer.wrap(bytes).asLongBuffer().get(table);
        Arrays.fill(bytes, (byte) 0);
        return table;
    }
}
