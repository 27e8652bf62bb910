package io.jenkins.plugins.provenbackup.jenkins.execution;

import io.jenkins.plugins.provenbackup.engine.Amounts;
import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.jenkins.results.RunTimes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Turns the engine's progress into a few lines of a build's log: the first after ten seconds, then ever more rarely, so that even a
 * day makes about fifty. A thread of its own sends them, so that a slow connection holds nothing up, and so that no interrupt that is
 * meant for the engine gets lost in a call to the controller. Thread-safe.
 */
final class ProgressLines implements ProgressListener, AutoCloseable {

    /** What the engine says word for word; damage at a destination can make it say much. */
    static final int MOST_NOTICES = 50;

    private static final long FIRST_MILLIS = 10_000;
    private static final long LONGEST_MILLIS = TimeUnit.MINUTES.toMillis(30);
    private static final long TICK_MILLIS = 200;
    private static final long SECONDS_TO_END = 10;

    private final ProgressSink sink;
    private final long startMillis = System.currentTimeMillis();
    private final long startNanos = System.nanoTime();
    private final LongAdder entries = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder transferred = new LongAdder();
    private final AtomicInteger notices = new AtomicInteger();
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Thread sender = new Thread(this::send, "backup progress");
    private volatile boolean isOver;
    private volatile Phase phase = Phase.PLANNING;
    private volatile long expectedEntries;
    private volatile long expectedBytes;

    /** Guarded by itself. */
    private final Map<String, Long> phases = new LinkedHashMap<>();

    private long phaseNanos = startNanos;

    ProgressLines(ProgressSink sink) {
        this.sink = sink;
        sender.setDaemon(true);
        sender.start();
    }

    @Override
    public void phase(Phase next) {
        synchronized (phases) {
            long now = System.nanoTime();
            phases.merge(word(phase), TimeUnit.NANOSECONDS.toMillis(now - phaseNanos), Long::sum);
            phaseNanos = now;
            phase = next;
        }
    }

    @Override
    public void expect(long newEntries, long newBytes) {
        expectedEntries = newEntries;
        expectedBytes = newBytes;
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
        int number = notices.incrementAndGet();
        if (number < MOST_NOTICES) {
            lines.add(message);
        } else if (number == MOST_NOTICES) {
            lines.add("... and more that is not shown here");
        }
    }

    /** When it began, and the phases until now. */
    RunTimes times() {
        phase(phase);
        synchronized (phases) {
            Map<String, Long> passed = new LinkedHashMap<>(phases);
            passed.values().removeIf(millis -> millis == 0);
            return new RunTimes(startMillis, passed);
        }
    }

    private void send() {
        long next = FIRST_MILLIS;
        try {
            while (true) {
                String line = lines.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
                if (line != null) {
                    sink.line(line);
                } else if (isOver) {
                    break;
                }
                long elapsed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
                if (elapsed >= next && !isOver) {
                    sink.line(line(elapsed));
                    next = elapsed + pause(elapsed);
                }
            }
            sink.ended();
        } catch (InterruptedException e) {
            // The last resort of close().
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // The controller is gone: Remoting interrupts the engine, and nobody is left to be told.
            lines.clear();
        }
    }

    /** Time until the next line. */
    static long pause(long elapsedMillis) {
        return Math.min(LONGEST_MILLIS, Math.max(FIRST_MILLIS, elapsedMillis / 4));
    }

    private String line(long elapsedMillis) {
        return line(
                word(phase),
                entries.sum(),
                bytes.sum(),
                Math.max(bytes.sum(), transferred.sum()),
                expectedEntries,
                expectedBytes,
                elapsedMillis);
    }

    static String line(
            String phase,
            long entries,
            long bytes,
            long moved,
            long expectedEntries,
            long expectedBytes,
            long elapsedMillis) {
        StringBuilder line = new StringBuilder(phase).append(": ");
        double share = share(entries, bytes, expectedEntries, expectedBytes);
        if (share >= 0) {
            line.append((int) (share * 100)).append(" %, ");
        }
        line.append(Amounts.count(entries)).append(entries == 1 ? " entry, " : " entries, ");
        line.append(Amounts.size(bytes)).append(", ");
        line.append(Amounts.size(moved * 1000 / Math.max(1, elapsedMillis))).append("/s");
        if (share > 0.01 && share < 1) {
            long left = (long) (elapsedMillis / share * (1 - share));
            line.append(", ").append(Amounts.duration(Duration.ofMillis(left))).append(" left");
        }
        return line.toString();
    }

    private static double share(long entries, long bytes, long expectedEntries, long expectedBytes) {
        if (expectedBytes <= 0 && expectedEntries <= 0) {
            return -1;
        }
        double share = expectedBytes > 0 ? (double) bytes / expectedBytes : (double) entries / expectedEntries;
        return Math.min(1, share);
    }

    private static String word(Phase phase) {
        return phase.name().toLowerCase(Locale.ROOT);
    }

    /** Sends what is left, and that the engine has ended. */
    @Override
    public void close() {
        isOver = true;
        boolean wasInterrupted = Thread.interrupted();
        try {
            sender.join(TimeUnit.SECONDS.toMillis(SECONDS_TO_END));
        } catch (InterruptedException e) {
            wasInterrupted = true;
        }
        sender.interrupt();
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
