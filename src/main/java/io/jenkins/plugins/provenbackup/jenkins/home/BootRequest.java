package io.jenkins.plugins.provenbackup.jenkins.home;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** What is booted, with what, and how long it may take. Immutable. */
public final class BootRequest {

    private static final Duration USUAL_TIMEOUT = Duration.ofMinutes(15);

    /** MiB: enough for a home of some thousand jobs. */
    private static final int USUAL_HEAP = 768;

    private final Path home;
    private final Path scratch;
    private final Path war;
    private final Path plugin;
    private final Isolation.Need need;
    private final Duration timeout;
    private final int heap;
    private final Consumer<String> log;

    private BootRequest(
            Path home,
            Path scratch,
            Path war,
            Path plugin,
            Isolation.Need need,
            Duration timeout,
            int heap,
            Consumer<String> log) {
        this.home = home;
        this.scratch = scratch;
        this.war = war;
        this.plugin = plugin;
        this.need = need;
        this.timeout = timeout;
        this.heap = heap;
        this.log = log;
    }

    /**
     * States it, with the usual limits.
     *
     * @param home a restored copy; it is changed, and not deleted
     * @param scratch a directory in which a private one is made for the test, and deleted whatever happens
     * @param war the {@code jenkins.war} that boots
     * @param plugin this plugin's file, which takes the place of the restored one
     * @param need whether it is booted where its network cannot be cut off
     */
    public static BootRequest of(Path home, Path scratch, Path war, Path plugin, Isolation.Need need) {
        return new BootRequest(home, scratch, war, plugin, need, USUAL_TIMEOUT, USUAL_HEAP, line -> {});
    }

    /** With another time until it is ended. */
    public BootRequest withTimeout(Duration most) {
        return new BootRequest(home, scratch, war, plugin, need, most, heap, log);
    }

    /** With another heap, in MiB. */
    public BootRequest withHeap(int mebibytes) {
        return new BootRequest(home, scratch, war, plugin, need, timeout, mebibytes, log);
    }

    /** With somebody who is told what the booting Jenkins logs, line by line, on another thread. */
    public BootRequest withLog(Consumer<String> lines) {
        return new BootRequest(home, scratch, war, plugin, need, timeout, heap, lines);
    }

    Path home() {
        return home;
    }

    Path scratch() {
        return scratch;
    }

    Path war() {
        return war;
    }

    Path plugin() {
        return plugin;
    }

    Isolation.Need need() {
        return need;
    }

    Duration timeout() {
        return timeout;
    }

    int heap() {
        return heap;
    }

    Consumer<String> log() {
        return log;
    }
}
