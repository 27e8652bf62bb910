package io.jenkins.plugins.provenbackup.jenkins.home;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The process of a booted home. It is ended when this is closed, when this Jenkins ends, and by itself when nobody holds its input
 * open any more. For one thread.
 */
final class BootProcess implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final int KEPT_LINES = 30;
    private static final long POLL_MILLIS = 200;

    private final BootRequest request;
    private final Process process;
    private final Thread end;
    private final Thread reader;
    private final Deque<String> last = new ArrayDeque<>();
    /** What Jenkins said of its failure; guarded by {@code last}. */
    private String cause = "";

    private volatile long readyAt;
    private volatile boolean hasFailed;

    private BootProcess(BootRequest request, Process process) {
        this.request = request;
        this.process = process;
        this.end = new Thread(() -> destroy(process), "ends a booted home");
        this.reader = new Thread(this::read, "log of a booted home");
    }

    static BootProcess start(java.util.List<String> command, BootRequest request) throws IOException {
        Process process = BootEnvironment.empty(new ProcessBuilder(command))
                .directory(request.home().toFile())
                .redirectErrorStream(true)
                .start();
        BootProcess boot = new BootProcess(request, process);
        boot.reader.setDaemon(true);
        boot.reader.start();
        Runtime.getRuntime().addShutdownHook(boot.end);
        return boot;
    }

    /** Waits for the report, or for a sign that none will come. */
    BootReport await(Path file) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (true) {
            boolean hasEnded = process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
            Optional<BootReport> report = BootReportFile.read(file);
            if (report.isPresent()) {
                return report.get();
            }
            long now = System.nanoTime();
            if (hasEnded) {
                return failed("Jenkins ended while it started, with status " + process.exitValue());
            } else if (hasFailed) {
                return failed("Jenkins did not start");
            } else if (readyAt != 0 && now - readyAt > GRACE.toNanos()) {
                return failed("Jenkins started, but Proven Backup did not load in it");
            } else if (now - start > request.timeout().toNanos()) {
                return failed(
                        "Jenkins was not ready within " + request.timeout().toSeconds() + " s");
            }
        }
    }

    private BootReport failed(String what) throws InterruptedException {
        destroy(process);
        reader.join(POLL_MILLIS);
        synchronized (last) {
            return BootReport.failed(
                    cause.isEmpty() ? what + ". Its last lines: " + String.join(" | ", last) : what + ": " + cause,
                    false);
        }
    }

    private void read() {
        Consumer<String> log = request.log();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (last) {
                    if (hasFailed && cause.isEmpty()) {
                        // Jenkins logs what it died of right after it says that it does.
                        cause = line.strip();
                    }
                    last.addLast(line);
                    if (last.size() > KEPT_LINES) {
                        last.removeFirst();
                    }
                }
                if (line.contains("Jenkins is fully up and running")) {
                    readyAt = System.nanoTime();
                } else if (line.contains("Failed to initialize Jenkins")) {
                    hasFailed = true;
                }
                log.accept(line);
            }
        } catch (IOException e) {
            // The process has ended.
        }
    }

    /** At once: there is nothing in the copy that is worth an orderly end. */
    private static void destroy(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public void close() {
        destroy(process);
        boolean wasInterrupted = false;
        while (true) {
            try {
                process.waitFor();
                reader.join();
                break;
            } catch (InterruptedException e) {
                wasInterrupted = true;
            }
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException e) {
            // It is running already.
        }
    }
}
