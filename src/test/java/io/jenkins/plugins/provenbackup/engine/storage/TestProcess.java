package io.jenkins.plugins.provenbackup.engine.storage;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server process of a test, with its children. */
public final class TestProcess implements AutoCloseable {

    private static final long STARTED_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Process process;

    private TestProcess(Process process) {
        this.process = process;
    }

    public static TestProcess start(Path log, String... command) throws IOException {
        return new TestProcess(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(new File("/dev/null"))
                .start());
    }

    /** Waits until somebody listens at a loopback port; false when the process ended instead. */
    public boolean listensAt(int port) throws InterruptedException {
        long end = System.nanoTime() + STARTED_WITHIN_NANOS;
        while (process.isAlive() && System.nanoTime() < end) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException notYet) {
                Thread.sleep(20);
            }
        }
        return false;
    }

    /** Connections stay open and nothing is answered. */
    public void freeze() throws Exception {
        signal("-STOP");
    }

    public void thaw() throws Exception {
        signal("-CONT");
    }

    @Override
    public void close() throws Exception {
        thaw();
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private void signal(String signal) throws Exception {
        for (ProcessHandle handle : Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList()) {
            new ProcessBuilder("kill", signal, Long.toString(handle.pid()))
                    .start()
                    .waitFor();
        }
    }
}
