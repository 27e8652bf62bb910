package io.jenkins.plugins.provenbackup.engine.transfer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * A few large arrays that are used again. Making one means clearing it, which costs as much as decrypting it, and brings the
 * next collection of the old generation nearer. Safe for use by several threads.
 */
final class SpareArrays {

    private static final int WORTH_KEEPING = 512 << 10;
    private static final int STEP = 256 << 10;
    private static final int MOST = 4;

    private final Deque<byte[]> spare = new ArrayDeque<>();

    /** An array of at least so many bytes, with any content. */
    synchronized byte[] take(int length) {
        for (Iterator<byte[]> each = spare.iterator(); each.hasNext(); ) {
            byte[] array = each.next();
            if (array.length >= length && array.length <= 2 * length) {
                each.remove();
                return array;
            }
        }
        return new byte[sizeFor(length)];
    }

    /** Takes an array that nobody uses any more. */
    synchronized void giveBack(byte[] array) {
        if (array.length >= WORTH_KEEPING) {
            if (spare.size() == MOST) {
                spare.removeFirst();
            }
            spare.addLast(array);
        }
    }

    /** Large arrays come in steps, so that they fit others later. */
    static int sizeFor(int length) {
        return length < WORTH_KEEPING ? length : (length + STEP - 1) / STEP * STEP;
    }
}
