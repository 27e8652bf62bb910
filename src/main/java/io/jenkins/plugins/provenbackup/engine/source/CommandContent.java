package io.jenkins.plugins.provenbackup.engine.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The output of a running command. Closing before the end ends the command. */
final class CommandContent implements SourceContent {

    private static final int KEPT_OF_ERROR = 2000;

    private static final int SECONDS_TO_END = 5;

    private final String program;
    private final Process process;
    private final InputPump output;
    /** The last that the command said. */
    private final StringBuilder error = new StringBuilder();

    private final Thread errorReader;
    private volatile boolean open = true;

    CommandContent(String program, Process process) throws IOException {
        this.program = program;
        this.process = process;
        process.getOutputStream().close();
        this.output = new InputPump(process.getInputStream(), "reads output of " + program);
        this.errorReader = new Thread(this::keepError, "reads errors of " + program);
        errorReader.setDaemon(true);
        errorReader.start();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int count = output.read(target);
        if (count < 0) {
            requireSuccess();
        }
        return count;
    }

    @Override
    public boolean changed() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
        output.close();
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }

    private void requireSuccess() throws IOException {
        try {
            int status = process.waitFor();
            if (status != 0) {
                errorReader.join(TimeUnit.SECONDS.toMillis(SECONDS_TO_END));
                String said = said();
                throw new SourceException("the command '" + program + "' ended with status " + status
                        + (said.isEmpty() ? "" : " and said: " + said));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClosedByInterruptException();
        }
    }

    private void keepError() {
        byte[] buffer = new byte[KEPT_OF_ERROR];
        try (InputStream in = process.getErrorStream()) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                keep(new String(buffer, 0, length, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            keep(" (and the rest could not be read: " + e.getMessage() + ")");
        }
    }

    private void keep(String text) {
        synchronized (error) {
            error.append(text);
            error.delete(0, Math.max(0, error.length() - KEPT_OF_ERROR));
        }
    }

    private String said() {
        synchronized (error) {
            return error.toString().strip();
        }
    }
}
