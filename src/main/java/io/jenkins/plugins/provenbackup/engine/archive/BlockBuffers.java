package io.jenkins.plugins.provenbackup.engine.archive;

import java.util.ArrayList;
import java.util.List;

/** A fixed number of buffers that are used again; each grows to what it was once asked for. Guarded by its user's lock. */
final class BlockBuffers {

    private static final int STEP = 1 << 20;

    private final int most;
    private final List<byte[]> idle = new ArrayList<>();
    private int taken;

    BlockBuffers(int most) {
        this.most = most;
    }

    boolean available() {
        return taken < most;
    }

    /** A buffer of at least so many bytes, with any content; only while one is available. */
    byte[] take(int size) {
        if (!available()) {
            throw new IllegalStateException("all " + most + " buffers are taken");
        }
        taken++;
        int best = -1;
        for (int i = 0; i < idle.size(); i++) {
            int length = idle.get(i).length;
            if (length >= size && (best < 0 || length < idle.get(best).length)) {
                best = i;
            }
        }
        if (best >= 0) {
            return idle.remove(best);
        }
        if (!idle.isEmpty()) {
            idle.remove(0);
        }
        return new byte[(size / STEP + 1) * STEP];
    }

    void giveBack(byte[] buffer) {
        taken--;
        idle.add(buffer);
    }

    int taken() {
        return taken;
    }

    int made() {
        return taken + idle.size();
    }
}
