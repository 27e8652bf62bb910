package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/**
 * Shows how an operation goes on: a line that is redrawn on a terminal, a line now and then elsewhere, nothing with {@code
 * --quiet}. Nothing is shown before the first phase begins, so that quick commands stay silent.
 */
final class ProgressDisplay implements ProgressListener, AutoCloseable {

    private static final long REDRAW_MILLIS = 200;
    private static final long LINE_MILLIS = 10_000;
    private static final int WIDTH = 79;
    private static final int BAR = 10;
    private static final String CLEAR = "\r\u001b[K";

    private final Surroundings surroundings;
    private final GlobalOptions options;
    private final LongAdder entries = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder transferred = new LongAdder();
    private final Object lock = new Object();
    private volatile long expectedEntries;
    private volatile long expectedBytes;
    private volatile Phase phase;
    private Thread timer;
    private long start;
    private boolean drawn;

    ProgressDisplay(Surroundings surroundings, GlobalOptions options) {
        this.surroundings = surroundings;
        this.options = options;
    }

    @Override
    public void phase(Phase next) {
        phase = next;
        if (options.isQuiet()) {
            return;
        }
        synchronized (lock) {
            if (timer == null) {
                start = System.nanoTime();
                timer = new Thread(this::show, "progress");
                timer.setDaemon(true);
                timer.start();
            }
        }
    }

    @Override
    public void expect(long newEntries, long newBytes) {
        expectedEntries = newEntries;
        expectedBytes = newBytes;
    }

    @Override
    public Foresight foresight() {
        return isBar() && !options.isQuiet() ? Foresight.WANTED : Foresight.NOT_NEEDED;
    }

    @Override
    public void entries(long count) {
        entries.add(count);
    }

    @Override
    public void bytes(long count) {
        bytes.add(count);
    }

    @Override
    public void transferred(long count) {
        transferred.add(count);
    }

    @Override
    public void notice(String message) {
        synchronized (lock) {
            clear();
            surroundings.err().println("proven-backup: " + message);
        }
    }

    /** Takes the line off the terminal, so that something else can be written. */
    void clear() {
        synchronized (lock) {
            if (drawn) {
                surroundings.err().print(CLEAR);
                surroundings.err().flush();
                drawn = false;
            }
        }
    }

    /** Shows nothing any more; may be called again. */
    @Override
    public void close() {
        synchronized (lock) {
            if (timer != null) {
                timer.interrupt();
                timer = null;
            }
            clear();
        }
    }

    private boolean isBar() {
        return surroundings.display().isTerminal() && !options.isJson();
    }

    private void show() {
        try {
            while (true) {
                Thread.sleep(isBar() ? REDRAW_MILLIS : LINE_MILLIS);
                synchronized (lock) {
                    if (timer != Thread.currentThread()) {
                        return;
                    }
                    draw();
                }
            }
        } catch (InterruptedException e) {
            // This is how it ends.
            return;
        }
    }

    private void draw() {
        PrintStream err = surroundings.err();
        if (isBar()) {
            String line = line();
            err.print(CLEAR + (line.length() > WIDTH ? line.substring(0, WIDTH) : line));
            drawn = true;
        } else {
            err.println("proven-backup: " + line());
        }
        err.flush();
    }

    private String line() {
        double seconds = (System.nanoTime() - start) / 1e9;
        long done = bytes.sum();
        StringBuilder line = new StringBuilder();
        double share = share();
        if (share >= 0) {
            int filled = (int) (share * BAR);
            line.append(isBar() ? "[" + "#".repeat(filled) + "-".repeat(BAR - filled) + "] " : "")
                    .append(String.format(Locale.ROOT, "%3d%%  ", (int) (share * 100)));
        }
        line.append(phase.name().toLowerCase(Locale.ROOT)).append("  ");
        line.append(Figures.count(entries.sum(), phase == Phase.COPYING ? "object" : "file"))
                .append("  ")
                .append(Figures.size(done));
        line.append("  ")
                .append(Figures.size((long) (Math.max(done, transferred.sum()) / seconds)))
                .append("/s");
        if (share > 0.01 && share < 1) {
            long left = (long) (seconds / share * (1 - share));
            line.append("  ").append(Figures.duration(Duration.ofSeconds(left))).append(" left");
        }
        return line.toString();
    }

    /** What is done of what is expected, or -1 when nobody knows. */
    private double share() {
        if (expectedBytes <= 0 && expectedEntries <= 0) {
            return -1;
        }
        double share =
                expectedBytes > 0 ? (double) bytes.sum() / expectedBytes : (double) entries.sum() / expectedEntries;
        return Math.min(1, share);
    }
}
