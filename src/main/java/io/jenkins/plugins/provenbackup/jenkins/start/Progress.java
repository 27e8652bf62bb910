package io.jenkins.plugins.provenbackup.jenkins.start;

import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** How far the current step is, for people who look now and then. */
final class Progress implements ProgressListener {

    private static final String UNITS = "KMGT";

    private final AtomicLong entries = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private volatile long expectedBytes;
    private volatile String notice = "";

    void begin() {
        entries.set(0);
        bytes.set(0);
        expectedBytes = 0;
    }

    @Override
    public void expect(long expectedEntries, long expected) {
        expectedBytes = expected;
    }

    @Override
    public Foresight foresight() {
        return Foresight.WANTED;
    }

    @Override
    public void entries(long count) {
        entries.addAndGet(count);
    }

    @Override
    public void bytes(long count) {
        bytes.addAndGet(count);
    }

    @Override
    public void notice(String message) {
        notice = message;
    }

    /** Percent, or -1 where that is not known. */
    int percent() {
        long expected = expectedBytes;
        return expected <= 0 ? -1 : (int) Math.min(100, bytes.get() * 100 / expected);
    }

    /** In words; empty before anything was done. */
    String text() {
        String done =
                entries.get() == 0 && bytes.get() == 0 ? "" : Messages.Progress_done(entries.get(), size(bytes.get()));
        return notice.isEmpty() ? done : done + " " + notice;
    }

    /** In binary units, like {@code 4.2 MiB}. */
    static String size(long count) {
        int unit = -1;
        double size = count;
        while (size >= 1024 && unit < UNITS.length() - 1) {
            size /= 1024;
            unit++;
        }
        return unit < 0
                ? count + " B"
                : String.format(Locale.ROOT, size < 10 ? "%.1f" : "%.0f", size) + " " + UNITS.charAt(unit) + "iB";
    }
}
