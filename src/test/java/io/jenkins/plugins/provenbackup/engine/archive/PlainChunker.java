package io.jenkins.plugins.provenbackup.engine.archive;

import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Section 7 of docs/repository-format.md, written down once more as simply as it can be: pieces of a content in memory. */
final class PlainChunker {

    private static final int WINDOW = 65_536;

    private final ChunkerParameters parameters;
    private final long[] table = new long[256];

    PlainChunker(ChunkerParameters parameters, byte[] gearKey) throws Exception {
        this.parameters = parameters;
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(gearKey, "HmacSHA256"));
        byte[] block = new byte[0];
        for (int i = 0; i < 64; i++) {
            mac.update(block);
            mac.update("proven-backup gear table".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            block = mac.doFinal(new byte[] {(byte) (i + 1)});
            for (int j = 0; j < 4; j++) {
                table[4 * i + j] = java.nio.ByteBuffer.wrap(block).getLong(8 * j);
            }
        }
    }

    /** Lengths, those of holes negative. */
    List<Long> cut(byte[] content) {
        List<Long> pieces = new ArrayList<>();
        int runStart = 0;
        int window = 0;
        while (window + WINDOW <= content.length) {
            if (isZero(content, window)) {
                cutRun(content, runStart, window, pieces);
                int last = pieces.size() - 1;
                boolean joins = runStart == window && last >= 0 && pieces.get(last) < 0;
                if (joins) {
                    pieces.set(last, pieces.get(last) - WINDOW);
                } else {
                    pieces.add((long) -WINDOW);
                }
                runStart = window + WINDOW;
            }
            window += WINDOW;
        }
        cutRun(content, runStart, content.length, pieces);
        return pieces;
    }

    private static boolean isZero(byte[] content, int window) {
        for (int i = window; i < window + WINDOW; i++) {
            if (content[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private void cutRun(byte[] content, int start, int end, List<Long> pieces) {
        int from = start;
        while (from < end) {
            int length = chunk(content, from, end);
            pieces.add((long) length);
            from += length;
        }
    }

    private int chunk(byte[] content, int from, int end) {
        long hash = 0;
        int bits = Integer.numberOfTrailingZeros(parameters.average());
        for (int i = parameters.minimum(); from + i < end && i < parameters.maximum(); i++) {
            hash = (hash << 1) + table[content[from + i] & 0xff];
            int zeros = i < parameters.average() ? bits + 2 : bits - 2;
            if (Long.numberOfLeadingZeros(hash) >= zeros) {
                return i + 1;
            }
        }
        return Math.min(end - from, parameters.maximum());
    }
}
