package io.jenkins.plugins.provenbackup.jenkins.execution;

import hudson.model.TaskListener;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Writes what the engine says to a build's log. One for each call. Thread-safe. */
final class BuildLog implements ProgressSink {

    /** A hostile agent could say more than an honest one ever does. */
    private static final int MOST_LINES = 1000;

    private static final int LONGEST_LINE = 2000;

    private final TaskListener listener;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile String last = "";
    private int lines;

    BuildLog(TaskListener listener) {
        this.listener = listener;
    }

    @Override
    public synchronized void line(String text) {
        lines++;
        if (lines > MOST_LINES) {
            return;
        }
        String plain = text.replaceAll("\\p{Cntrl}", " ");
        String shown = plain.substring(0, Math.min(plain.length(), LONGEST_LINE));
        last = shown;
        listener.getLogger().println("[backup] " + shown);
    }

    @Override
    public void ended() {
        ended.countDown();
    }

    /** What was said last. */
    String last() {
        return last;
    }

    /** Waits a little for an engine that was cancelled, so that what comes next in the build does not meet it. */
    void awaitEnd() {
        try {
            boolean isOver = ended.await(10, TimeUnit.SECONDS);
            if (!isOver) {
                line("The engine did not say within ten seconds that it has ended.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
