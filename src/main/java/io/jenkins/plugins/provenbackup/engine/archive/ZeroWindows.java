package io.jenkins.plugins.provenbackup.engine.archive;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Finds the windows of 64 KiB that are all zero. */
final class ZeroWindows {

    static final int SIZE = 64 << 10;

    private static final byte[] ZEROS = new byte[SIZE];
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private ZeroWindows() {}

    /** Whether the whole window that begins at an offset of the buffer is zero. */
    static boolean isZero(byte[] buffer, int offset) {
        return (long) LONG.get(buffer, offset) == 0 && Arrays.equals(buffer, offset, offset + SIZE, ZEROS, 0, SIZE);
    }
}
