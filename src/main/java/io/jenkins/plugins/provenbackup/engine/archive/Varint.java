package io.jenkins.plugins.provenbackup.engine.archive;

import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Unsigned LEB128: seven bits a byte, lowest first, at most ten bytes, below 2^63. */
final class Varint {

    /** Most bytes of a value below 2^35, which every number in an index is. */
    static final int SHORT = 5;

    private Varint() {}

    static void write(ByteArrayOutputStream out, long value) {
        long rest = value;
        while (rest > 0x7f) {
            out.write((int) rest | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    static long read(ByteBuffer in) throws DamagedException {
        long value = 0;
        for (int shift = 0; shift < 70 && in.hasRemaining(); shift += 7) {
            byte next = in.get();
            if (shift == 63 && next != 0) {
                break;
            }
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw ArchiveIndex.damaged("a number is cut short or too large");
    }
}
